/// The clock of Europe/London from 1972 on, by the law of summer time rather than the system's
/// tables.
///
/// Sources: the Summer Time Act 1972 (c. 6); the Summer Time Orders of 1980 to 1994 for 1981 to
/// 1995; from 1996 the last Sundays of March and October (Directives 94/21/EC, 97/44/EC and
/// 2000/84/EC, the Summer Time Orders of 1994, 1997 and 2002). The dates agree with the time-zone
/// database's rules `GB-Eire` and `EU`, against which the tests compare every change from 1972 to
/// 2040. Years before 1972, with their year-round British Standard Time, are nil.
public enum LondonClock {
  /// The reading after an elapsed time (earlier if negative).
  ///
  /// A start that the clocks skipped in spring is moved on by the hour; a start that occurred twice
  /// in autumn means the first occurrence. Nil outside the years 1972 to 9999.
  public static func adding(seconds: Int, to moment: LocalDateTime) -> LocalDateTime? {
    guard let start = utc(of: moment) else { return nil }
    let (end, overflow) = start.addingReportingOverflow(Int64(seconds))
    return overflow ? nil : local(fromUTC: end)
  }

  /// Elapsed seconds between two readings; negative if the second is the earlier.
  public static func elapsedSeconds(from a: LocalDateTime, to b: LocalDateTime) -> Int? {
    guard let start = utc(of: a), let end = utc(of: b) else { return nil }
    return Int(end - start)
  }

  /// What the clock shows at a number of seconds after 1970-01-01T00:00Z; nil outside 1972 to 9999.
  public static func local(fromUTC seconds: Int64) -> LocalDateTime? {
    guard let summer = summerTime(around: seconds) else { return nil }
    let local = LocalDateTime(seconds: summer.contains(seconds) ? seconds + 3600 : seconds)
    return local.date > .latest ? nil : local
  }

  /// Seconds after 1970-01-01T00:00Z at which the clock shows a reading; nil outside 1972 to 9999.
  public static func utc(of moment: LocalDateTime) -> Int64? {
    guard let summer = summerTime(around: moment.seconds) else { return nil }
    // A reading that occurs twice is within summer time by this test, and so means the first
    // occurrence. A skipped reading is not yet within it; taken as winter time, it shows one hour
    // later on the clock.
    let inSummer = moment.seconds - 3600
    return summer.contains(inSummer) ? inSummer : moment.seconds
  }

  /// The summer time, in seconds UTC, of the year in which the given seconds fall.
  private static func summerTime(around seconds: Int64) -> Range<Int64>? {
    guard firstSecond..<endSecond ~= seconds else { return nil }
    let year = LocalDateTime(seconds: seconds).date.year
    let startDay: Int
    let endDay: Int
    switch year {
    case ...1980:
      // The day after the third Saturday of March (no Easter fell on it), and after the fourth of
      // October.
      startDay = sunday(onOrAfter: 16, month: 3, year)
      endDay = sunday(onOrAfter: 23, month: 10, year)
    case ...1989:
      startDay = sunday(onOrAfter: 25, month: 3, year)
      endDay = sunday(onOrAfter: 23, month: 10, year)
    case ...1995:
      startDay = sunday(onOrAfter: 25, month: 3, year)
      endDay = sunday(onOrAfter: 22, month: 10, year)
    default:
      startDay = sunday(onOrAfter: 25, month: 3, year)
      endDay = sunday(onOrAfter: 25, month: 10, year)
    }
    // Two o'clock Greenwich mean time until 1980, one o'clock since.
    let hour = year <= 1980 ? 7200 : 3600
    return Int64(startDay * 86_400 + hour)..<Int64(endDay * 86_400 + hour)
  }

  private static func sunday(onOrAfter day: Int, month: Int, _ year: Int) -> Int {
    let number = GregorianCalendar.dayNumber(year: year, month: month, day: day)
    // 1970-01-04, day 3, was a Sunday; no year here is before 1970.
    return number + (7 - (number - 3) % 7) % 7
  }

  /// 1972-01-01T00:00Z, when the clocks already showed Greenwich mean time again.
  private static let firstSecond: Int64 = 63_072_000
  /// The end of the year 9999.
  private static let endSecond: Int64 = 253_402_300_800
}
