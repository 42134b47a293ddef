extension DateFormat {
  /// `%d/%m/%Y`, the way of British case management systems: `04/01/2016`, also `4/1/2016`.
  public static let dayMonthYear = DateFormat(
    pattern: "%d/%m/%Y",
    items: [.day(fixed: false), .slash, .month(fixed: false), .slash, .year],
    reader: .dayMonthYear)

  /// `yyyy-mm-dd` with exactly these digits (ISO 8601, RFC 3339 `full-date`).
  public static let isoDate = DateFormat(
    pattern: "%Y-%m-%d", items: isoDateItems, reader: .isoDate)

  /// `%d/%m/%Y %H:%M[:%S]`.
  public static let dayMonthYearTime = DateFormat(
    pattern: "%d/%m/%Y %H:%M[:%S]",
    items: [.day(fixed: false), .slash, .month(fixed: false), .slash, .year, .space]
      + clockItems(from: 6, fixed: false),
    reader: .dayMonthYearTime)

  /// `2016-03-28T11:30` with exactly these digits (ISO 8601, RFC 3339).
  ///
  /// Also with a space in place of the `T`, with seconds, a fraction of up to nine digits
  /// (dropped), and `Z` or `±hh:mm`, which is turned into what the clock in London showed.
  public static let isoDateTime = DateFormat(
    pattern: "%Y-%m-%dT%H:%M[:%S]",
    items: isoDateItems + [.literal(UInt8(ascii: "T"))] + clockItems(from: 6, fixed: true),
    reader: .isoDateTime)

  /// `%H:%M[:%S]`.
  public static let clock = DateFormat(
    pattern: "%H:%M[:%S]", items: clockItems(from: 0, fixed: false), reader: .items)

  /// The formats of a `date` field that names none, in the order tried.
  public static let dateDefaults = [dayMonthYear, isoDate]
  /// The formats of a `datetime` field that names none, in the order tried.
  public static let dateTimeDefaults = [dayMonthYearTime, isoDateTime]
  /// The formats of a `time` field that names none.
  public static let timeDefaults = [clock]

  private static let isoDateItems: [DateFormatItem] = [
    .year, .hyphen, .month(fixed: true), .hyphen, .day(fixed: true),
  ]

  /// `%H:%M[:%S]` as the items of a format in which the hour has the index `start`.
  private static func clockItems(from start: Int, fixed: Bool) -> [DateFormatItem] {
    [.hour(fixed: fixed), .colon, .minute, .group(end: start + 6), .colon, .second]
  }
}

extension DateFormatItem {
  fileprivate static let slash = literal(UInt8(ascii: "/"))
  fileprivate static let hyphen = literal(UInt8(ascii: "-"))
  fileprivate static let colon = literal(UInt8(ascii: ":"))
  fileprivate static let space = literal(UInt8(ascii: " "))
}
