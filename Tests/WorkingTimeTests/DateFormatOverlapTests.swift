import Testing
import WorkingTime

struct DateFormatOverlapTests {
  @Test(
    arguments: [
      Row("British and American", ("%d/%m/%Y", "%m/%d/%Y"), true),
      Row("a format and itself", ("%d/%m/%Y", "%d/%m/%Y"), true),
      Row("other separator", ("%d/%m/%Y", "%d-%m-%Y"), false),
      Row("two and four digits", ("%d/%m/%Y", "%d/%m/%y"), false),
      Row("year first", ("%d/%m/%y", "%y/%m/%d"), true),
      Row("with a time", ("%d/%m/%Y", "%d/%m/%Y %H:%M"), false),
      Row("with an optional time", ("%d/%m/%Y", "%d/%m/%Y[ %H:%M]"), true),
      Row("seconds or not", ("%H:%M", "%H:%M[:%S]"), true),
      Row("never", ("%H:%M", "%H:%M:%S"), false),
      Row("short and long names", ("%d %b %Y", "%d %B %Y"), true),
      Row("no name in common", ("%d %b %Y", "%d %m %Y"), false),
      Row("without separators", ("%Y%m%d", "%d%m%Y"), true),
      Row("half of the day", ("%I:%M %p", "%H:%M"), false),
      Row("a literal that a number can be", ("%d/%m/%Y %H:%M", "%d/%m/%Y 23:59"), true),
      Row("a literal that no number can be", ("%d/%m/%Y %H:%M", "%d/%m/%Y 24:00"), false),
    ] as [Row<(String, String), Bool>])
  func overlaps(_ row: Row<(String, String), Bool>) throws {
    let (a, b) = (try DateFormat(row.input.0), try DateFormat(row.input.1))
    #expect(a.overlaps(b) == row.output)
    #expect(b.overlaps(a) == row.output)
  }

  @Test func defaultsDoNotOverlap() throws {
    for defaults in [DateFormat.dateDefaults, DateFormat.dateTimeDefaults] {
      #expect(!defaults[0].overlaps(defaults[1]))
    }
    #expect(DateFormat.isoDate.overlaps(try DateFormat("%Y-%m-%d")))
  }

  @Test(arguments: [
    "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%MZ", "%Y-%m-%dT%H:%M:%S.000",
    "%Y-%m-%d %H:%M:%S.0000000 +00:00",
  ])
  func isoOverlapsWithItsSpecialCases(_ pattern: String) throws {
    #expect(DateFormat.isoDateTime.overlaps(try DateFormat(pattern)))
  }

  @Test(arguments: ["%d/%m/%Y %H:%M", "%Y-%m-%d", "%Y-%m-%dT%H:%M.5", "%Y-%m-%dT%H:%Mz"])
  func isoOverlapsWithNothingElse(_ pattern: String) throws {
    #expect(!DateFormat.isoDateTime.overlaps(try DateFormat(pattern)))
  }

  /// What one format wrote and another reads proves that they overlap.
  @Test func noTextReadByBothIsMissed() throws {
    let patterns = [
      "%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%y/%m/%d", "%Y%m%d", "%d%m%Y", "%H:%M", "%H:%M[:%S]",
      "%d %b %Y", "%d %B %Y", "%d/%m/%Y[ %H:%M]", "%Y-%j", "%Y-%m%d", "%H%M", "%Y%j",
    ]
    let formats = try patterns.map { try DateFormat($0) } + DateFormat.dateTimeDefaults
    let overlapping = formats.map { a in formats.map { b in a.overlaps(b) } }
    var random = FixedSeed()
    for _ in 0..<500 {
      let date = CalendarDate(dayNumber: .random(in: -30_000...30_000, using: &random))
      let second = Int.random(in: 0..<86_400, using: &random)
      for (a, row) in zip(formats, overlapping) {
        let text = a.write(date: date, secondOfDay: second)
        for (b, overlap) in zip(formats, row) where !overlap {
          #expect(b.read(text) == nil, "\(a) and \(b) on \(text)")
        }
      }
    }
  }
}
