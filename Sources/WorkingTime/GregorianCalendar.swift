/// The arithmetic between day numbers and years, months and days.
///
/// The two conversions are Howard Hinnant's `days_from_civil` and `civil_from_days`
/// (<https://howardhinnant.github.io/date_algorithms.html>): years are counted from March, so that
/// the leap day is the last of its year and no table of months is needed.
@usableFromInline
enum GregorianCalendar {
  /// Whether the year has a 29 February.
  @inlinable
  static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// How many days the month (1 to 12) has.
  @inlinable
  static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The number of a day that is known to be real; 1970-01-01 is 0.
  @inlinable
  static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The same for the years 1 to 9999, by the method of Neri and Schneider.
  ///
  /// See <https://doi.org/10.1002/spe.3172>. It divides only by constants, which compile to shifts
  /// and multiplications.
  @inlinable
  static func quickDayNumber(year: Int, month: Int, day: Int) -> Int32 {
    let isEarly: UInt32 = month <= 2 ? 1 : 0
    let marchYear = UInt32(truncatingIfNeeded: year) &- isEarly
    let marchMonth = UInt32(truncatingIfNeeded: month) &+ 12 &* isEarly
    let century = marchYear / 100
    let daysOfYears = (1_461 &* marchYear) &>> 2 &- century &+ century &>> 2
    let daysOfMonths = (979 &* marchMonth &- 2_919) &>> 5
    let days = daysOfYears &+ daysOfMonths &+ UInt32(truncatingIfNeeded: day)
    return Int32(truncatingIfNeeded: days) &- 719_469
  }

  /// The year, month and day of a day number.
  @inlinable
  static func components(ofDay number: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
  }
}
