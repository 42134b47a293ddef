// Sums on the plain calendar. Every sum that leaves the years 1 to 9999 is nil, never a wrapped
// date.
extension CalendarDate {
  /// The date a number of days later (earlier if negative); nil outside the years 1 to 9999.
  @inlinable
  public func adding(days: Int) -> CalendarDate? {
    let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
    guard !overflow, let number = Int32(exactly: sum), -719_162...2_932_896 ~= number else {
      return nil
    }
    return CalendarDate(dayNumber: number)
  }

  /// The same day of the month a number of months later, or the last day of a shorter month.
  @inlinable
  public func adding(months: Int) -> CalendarDate? {
    let (year, month, day) = components
    let (sum, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, 12..<120_000 ~= sum else { return nil }
    let last = GregorianCalendar.days(inMonth: sum % 12 + 1, of: sum / 12)
    return CalendarDate(year: sum / 12, month: sum % 12 + 1, day: min(day, last))
  }

  /// The same day a number of years later; 29 February becomes the 28th in a common year.
  @inlinable
  public func adding(years: Int) -> CalendarDate? {
    let (months, overflow) = years.multipliedReportingOverflow(by: 12)
    return overflow ? nil : adding(months: months)
  }

  /// How many days `b` is after `a`; negative where it is before.
  @inlinable
  public static func days(from a: CalendarDate, to b: CalendarDate) -> Int {
    Int(b.dayNumber) - Int(a.dayNumber)
  }

  /// The greatest `n` with `a` plus `n` months not after `b`; negative where `b` is before `a`.
  @inlinable
  public static func months(from a: CalendarDate, to b: CalendarDate) -> Int {
    let (fromYear, fromMonth, fromDay) = a.components
    let (toYear, toMonth, toDay) = b.components
    let months = (toYear - fromYear) * 12 + toMonth - fromMonth
    let reached = min(fromDay, GregorianCalendar.days(inMonth: toMonth, of: toYear))
    return reached <= toDay ? months : months - 1
  }

  /// Completed years of life; negative before birth.
  ///
  /// A birthday of 29 February is counted on 1 March in a common year.
  @inlinable
  public static func age(born: CalendarDate, on day: CalendarDate) -> Int {
    let (birthYear, birthMonth, birthDay) = born.components
    let (year, month, dayOfMonth) = day.components
    return year - birthYear - ((month, dayOfMonth) < (birthMonth, birthDay) ? 1 : 0)
  }

  /// The year in which this date's financial year starts, which is on 1 April.
  @inlinable
  public var financialYear: Int {
    let (year, month, _) = components
    return month >= 4 ? year : year - 1
  }

  /// The first day of this date's month.
  @inlinable
  public var startOfMonth: CalendarDate {
    CalendarDate(dayNumber: dayNumber - Int32(truncatingIfNeeded: day - 1))
  }
}
