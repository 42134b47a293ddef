/// A way of writing dates, times or both: a subset of `strptime` (POSIX), read strictly.
///
/// | directive | reads |
/// | --- | --- |
/// | `%d %m %H %I` | day, month, hours: one or two digits, two where digits adjoin |
/// | `%M %S` | minute, second: two digits |
/// | `%Y` | year: four digits |
/// | `%y` | year: two digits, 69 to 99 for 1969 to 1999 and 00 to 68 for 2000 to 2068 |
/// | `%j` | day of the year: three digits |
/// | `%b %B` | the month's English name, its first three letters or all; any case |
/// | `%p` | AM or PM; any case |
/// | `%% %[ %]` | the character itself |
///
/// What stands in square brackets may be missing: `%d/%m/%Y %H:%M[:%S]`. Everything else is read as
/// it is written, and the whole text must be used up; spaces around it are the caller's.
public struct DateFormat: Hashable, Sendable {
  /// The pattern as it was given.
  public let pattern: String
  /// Whether a text in this format names a date.
  public let readsDate: Bool
  /// Whether a text in this format can name a time of day.
  public let readsTime: Bool

  /// Whether it reads years of two digits, 69 to 99 for 1969 to 1999 and 00 to 68 for 2000 to 2068.
  public var readsShortYears: Bool { items.contains(.shortYear) }

  /// The pattern's steps, in order.
  let items: [DateFormatItem]
  /// Which reader is used; the common formats have their own, which are faster.
  let reader: Reader

  enum Reader: Hashable, Sendable {
    case items
    case dayMonthYear
    case dayMonthYearTime
    case isoDate
    case isoDateTime
  }

  /// The most optional groups in one format; reading may try each with and without.
  static let mostGroups = 4

  /// Compiles a pattern, or says what is wrong with it.
  public init(_ pattern: String) throws(DateFormatFault) {
    let items = try DateFormatCompiler.compile(pattern)
    let usual = [DateFormat.dayMonthYear, .dayMonthYearTime].first { $0.pattern == pattern }
    self.init(pattern: pattern, items: items, reader: usual?.reader ?? .items)
  }

  init(pattern: String, items: [DateFormatItem], reader: Reader) {
    self.pattern = pattern
    self.items = items
    self.reader = reader
    readsDate = items.contains { $0 == .year || $0 == .shortYear }
    readsTime = items.contains { $0.part == "hour" }
  }
}

/// What a text in a date format says.
public struct DateReading: Hashable, Sendable {
  /// The date; nil where the format reads none.
  public var date: CalendarDate?
  /// Seconds since midnight, 0 to 86,399; nil where the text gives no time.
  public var secondOfDay: Int?

  /// Puts a reading together.
  public init(date: CalendarDate?, secondOfDay: Int?) {
    self.date = date
    self.secondOfDay = secondOfDay
  }
}

extension DateFormat: CustomStringConvertible {
  /// The pattern.
  public var description: String { pattern }

  /// 14 March 2016, 09:30 as this format writes it, to show what is expected.
  public var example: String {
    write(date: CalendarDate(dayNumber: 16_874), secondOfDay: 34_200)
  }
}
