/// A day of the Gregorian calendar, kept as its day number, so that sums and comparisons are
/// integer operations.
@frozen
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01, which is day 0; negative before it.
  public var dayNumber: Int32

  /// The day with a given number, counted from 1970-01-01.
  @inlinable
  public init(dayNumber: Int32) {
    self.dayNumber = dayNumber
  }

  /// A real date of the years 1 to 9999; nil for 31 April, 29 February of a common year and so on.
  @inlinable
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1,
      day <= 28 || day <= GregorianCalendar.days(inMonth: month, of: year)
    else { return nil }
    dayNumber = GregorianCalendar.quickDayNumber(year: year, month: month, day: day)
  }

  /// Reads `yyyy-mm-dd`: ten characters with nothing around them; nil for anything else.
  public init?(iso: String) {
    guard let date = DateFormat.isoDate.read(iso)?.date else { return nil }
    self = date
  }

  /// Orders by time: the earlier day is the smaller one.
  @inlinable
  public static func < (a: CalendarDate, b: CalendarDate) -> Bool { a.dayNumber < b.dayNumber }
}

extension CalendarDate {
  /// The first day that this type makes from a year: 0001-01-01.
  public static let earliest = CalendarDate(dayNumber: -719_162)
  /// The last day that this type makes from a year: 9999-12-31.
  public static let latest = CalendarDate(dayNumber: 2_932_896)

  /// Year, month and day together, which costs no more than any one of them.
  @inlinable
  public var components: (year: Int, month: Int, day: Int) {
    GregorianCalendar.components(ofDay: Int(dayNumber))
  }

  /// The year, 1 to 9999 for every date made from one.
  @inlinable
  public var year: Int { components.year }
  /// The month, 1 to 12.
  @inlinable
  public var month: Int { components.month }
  /// The day of the month, 1 to 31.
  @inlinable
  public var day: Int { components.day }

  /// The day of the week.
  @inlinable
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday; the remainder is made positive for the days before it.
    let sinceMonday = (Int(dayNumber) + 3) % 7
    return Weekday(rawValue: (sinceMonday + 7) % 7 + 1) ?? .monday
  }

  /// The day of the year, 1 to 366.
  @inlinable
  public var dayOfYear: Int {
    Int(dayNumber) - GregorianCalendar.dayNumber(year: year, month: 1, day: 1) + 1
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The date as ISO 8601 writes it: `2016-03-28`.
  public var description: String {
    let (year, month, day) = components
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}
