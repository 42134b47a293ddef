import Testing
import WorkingTime

struct DateFormatTests {
  /// Format, text, and what is read: the date, the time or both; nil where it is refused.
  struct Case: CustomTestStringConvertible {
    var pattern: String
    var text: String
    var reads: String?

    init(_ pattern: String, _ text: String, _ reads: String?) {
      self.pattern = pattern
      self.text = text
      self.reads = reads
    }

    var testDescription: String { "\(pattern) on \(text)" }
  }

  @Test(arguments: [
    Case("%d/%m/%Y", "04/01/2016", "2016-01-04"), Case("%d/%m/%Y", "4/1/2016", "2016-01-04"),
    Case("%d/%m/%Y", "29/02/2016", "2016-02-29"), Case("%d/%m/%Y", "29/02/2015", nil),
    Case("%d/%m/%Y", "04/01/16", nil), Case("%d/%m/%Y", "004/01/2016", nil),
    Case("%d/%m/%Y", "04/01/20160", nil), Case("%d/%m/%Y", "04/01/2016 ", nil),
    Case("%d/%m/%Y", " 04/01/2016", nil), Case("%d/%m/%Y", "04-01-2016", nil),
    Case("%d/%m/%Y", "00/00/0000", nil), Case("%d/%m/%Y", "04/01/0000", nil),
    Case("%d/%m/%Y", "", nil), Case("%d/%m/%Y", "/", nil), Case("%d/%m/%Y", "4/13/2016", nil),
    Case("%d/%m/%Y", "04/01/2016\0", nil), Case("%d/%m/%Y", "٠٤/٠١/٢٠١٦", nil),
    Case("%d/%m/%Y %H:%M[:%S]", "4/1/2016 9:05", "2016-01-04 09:05"),
    Case("%d/%m/%Y %H:%M[:%S]", "04/01/2016 09:05:07", "2016-01-04 09:05:07"),
    Case("%d/%m/%Y %H:%M[:%S]", "04/01/2016 24:00", nil),
    Case("%d/%m/%Y %H:%M[:%S]", "04/01/2016 09:60", nil),
    Case("%d/%m/%Y %H:%M[:%S]", "04/01/2016 09:05:", nil),
    Case("%d/%m/%Y[ %H:%M]", "04/01/2016", "2016-01-04"),
    Case("%d/%m/%Y[ %H:%M]", "04/01/2016 10:00", "2016-01-04 10:00"),
    Case("%d-%b-%y", "4-jan-16", "2016-01-04"), Case("%d-%b-%y", "4-JAN-69", "1969-01-04"),
    Case("%d-%b-%y", "4-Jan-68", "2068-01-04"), Case("%d-%b-%y", "4-January-16", nil),
    Case("%d %B %Y", "14 MAY 2016", "2016-05-14"), Case("%d %B %Y", "14 Mai 2016", nil),
    Case("%B %d, %Y", "September 1, 2016", "2016-09-01"), Case("%d %B %Y", "14 Mar 2016", nil),
    Case("%m/%d/%Y %I:%M %p", "1/4/2016 12:00 am", "2016-01-04 00:00"),
    Case("%m/%d/%Y %I:%M %p", "1/4/2016 12:30 PM", "2016-01-04 12:30"),
    Case("%m/%d/%Y %I:%M %p", "1/4/2016 1:30 PM", "2016-01-04 13:30"),
    Case("%m/%d/%Y %I:%M %p", "1/4/2016 13:30 PM", nil),
    Case("%Y%m%d", "20160104", "2016-01-04"), Case("%Y%m%d", "2016014", nil),
    Case("%d%m%Y", "04012016", "2016-01-04"), Case("%d%m%Y", "4012016", nil),
    Case("%Y-%j", "2016-366", "2016-12-31"), Case("%Y-%j", "2015-366", nil),
    Case("%Y-%j", "2016-000", nil), Case("%H:%M", "9:05", "09:05"), Case("%H", "9", "09:00"),
    Case("%d/%m/%Y%%", "04/01/2016%", "2016-01-04"),
    Case("%[%d/%m/%Y%]", "[04/01/2016]", "2016-01-04"),
    Case("%d。%m。%Y", "4。1。2016", "2016-01-04"),
  ])
  func reads(_ row: Case) throws {
    let format = try DateFormat(row.pattern)
    #expect(words(format.read(row.text)) == row.reads)
  }

  @Test(arguments: [
    Case("iso date", "2016-01-04", "2016-01-04"), Case("iso date", "2016-1-4", nil),
    Case("iso", "2016-03-28T11:30", "2016-03-28 11:30"),
    Case("iso", "2016-03-28 11:30:15", "2016-03-28 11:30:15"),
    Case("iso", "2016-03-28T11:30:15.1234567", "2016-03-28 11:30:15"),
    Case("iso", "2016-03-28T11:30:15.", nil), Case("iso", "2016-03-28T11:30.5", nil),
    Case("iso", "2016-03-28T11:30Z", "2016-03-28 12:30"),
    Case("iso", "2016-01-28T23:30:00Z", "2016-01-28 23:30"),
    Case("iso", "2016-06-30T23:30:00Z", "2016-07-01 00:30"),
    Case("iso", "2016-03-28T11:30+01:00", "2016-03-28 11:30"),
    Case("iso", "2016-03-28 11:30:00.0000000 +01:00", "2016-03-28 11:30"),
    Case("iso", "2016-03-28T11:30-05:30", "2016-03-28 18:00"),
    Case("iso", "1968-03-28T00:00Z", nil), Case("iso", "1968-03-28T00:00", "1968-03-28 00:00"),
    Case("iso", "2016-03-28", nil), Case("iso", "2016-03-28T9:30", nil),
    Case("iso", "2016-03-28T11:30+15:00", nil), Case("iso", "2016-03-28T11:30 ", nil),
    Case("iso", "2016-02-30T11:30", nil), Case("iso", "2016-03-28T11:30ZZ", nil),
    Case("clock", "9:05", "09:05"), Case("clock", "09:05:07", "09:05:07"),
    Case("clock", "24:00", nil), Case("clock", "0905", nil),
  ])
  func readsTheFixedForms(_ row: Case) {
    let format: DateFormat =
      switch row.pattern {
      case "iso": .isoDateTime
      case "iso date": .isoDate
      default: .clock
      }
    #expect(words(format.read(row.text)) == row.reads)
  }

  @Test(
    arguments: [
      Row("empty", "", DateFormatFault.readsNothing),
      Row("no directive", "dd/mm/yyyy", .readsNothing),
      Row("unknown", "%d/%m/%Q", .unknownDirective("%Q")), Row("ends", "%d/%m/%", .endsInPercent),
      Row("no month", "%d/%Y", .incompleteDate), Row("no year", "%d/%m", .incompleteDate),
      Row("optional year", "%d/%m[/%Y]", .incompleteDate),
      Row("optional date", "[%d/%m/%Y ]%H:%M", .incompleteDate),
      Row("two months", "%d %b %m %Y", .repeated(part: "month")),
      Row("two years", "%Y %y %j", .repeated(part: "year")),
      Row("open", "%H[:%M", .unbalancedGroup),
      Row("close", "%H:%M]", .unbalancedGroup), Row("nested", "%H[:%M[:%S]]", .unbalancedGroup),
      Row("minute alone", "%M", .incompleteTime),
      Row("second without minute", "%H:%S", .incompleteTime),
      Row("second in the hour's group", "%d/%m/%Y[ %H]:%M", .incompleteTime),
      Row("half without hour", "%H:%M %p", .incompleteTime),
      Row("no half", "%I:%M", .incompleteTime),
      Row("groups", "%H[a][b][c][d][e]", .tooManyGroups),
    ] as [Row<String, DateFormatFault>])
  func refusesPatterns(_ row: Row<String, DateFormatFault>) {
    #expect(throws: row.output) { try DateFormat(row.input) }
    #expect(row.output.description.hasSuffix(".") || row.output.description.hasSuffix("]"))
  }

  @Test func takesAnyBytes() throws {
    var random = FixedSeed()
    let patterns = ["%d/%m/%Y", "%d-%b-%Y[ %I:%M %p]", "%Y%m%d", "%d %B %y", "%Y-%j[T%H]"]
    let formats = try patterns.map { try DateFormat($0) } + [.isoDate, .isoDateTime, .clock]
    let alphabet = Array("0123456789/-: TZ+.JanuarymAP\u{FF}".utf8) + [0, 0xFF, 0x80, 0x0A]
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...24, using: &random)
      let bytes = (0..<length).map { _ in alphabet.randomElement(using: &random) ?? 0 }
      for format in formats {
        let reading = format.read(bytes.span)
        if let second = reading?.secondOfDay { #expect(0..<86_400 ~= second) }
      }
    }
  }

  @Test func readsBackWhatItWrites() throws {
    var random = FixedSeed()
    let patterns = [
      "%d/%m/%Y", "%Y%m%d", "%d-%b-%Y", "%B %d, %Y", "%Y/%j", "%d/%m/%Y[ %H:%M]",
      "%d/%m/%Y %I:%M %p", "%H[:%M]", "%d.%m.%Y %H:%M:%S",
    ]
    let formats =
      try patterns.map { try DateFormat($0) }
      + DateFormat.dateDefaults + DateFormat.dateTimeDefaults + DateFormat.timeDefaults
    for _ in 0..<3_000 {
      let date = CalendarDate(dayNumber: .random(in: -30_000...30_000, using: &random))
      let minute = Int.random(in: 0..<1440, using: &random)
      for format in formats {
        let text = format.write(date: date, secondOfDay: minute * 60)
        let reading = try #require(format.read(text), "\(format) \(text)")
        if format.readsDate { #expect(reading.date == date) }
        if format.readsTime { #expect(reading.secondOfDay == minute * 60, "\(format) \(text)") }
      }
    }
    #expect(DateFormat.clock.write(date: nil, secondOfDay: 34_207) == "09:30:07")
    #expect(DateFormat.dayMonthYearTime.example == "14/03/2016 09:30")
  }

  @Test(
    "a value is spelled in every way that exports use, each of which reads as the same value",
    arguments: [
      ("%d/%m/%Y", 4, ["05/02/2016", "5/2/2016"]), ("%Y-%m-%d", 4, ["2016-02-05", "2016-2-5"]),
      ("%d %b %Y", 6, ["05 Feb 2016", "5 FEB 2016"]),
      ("%d/%m/%Y[ %H:%M]", 8, ["05/02/2016 00:00", "5/2/2016 0:00"]),
      ("%d/%m/%Y %H:%M[:%S]", 16, ["05/02/2016 00:00", "5/2/2016 0:00:00"]),
    ])
  func spellings(_ row: (pattern: String, count: Int, some: [String])) throws {
    let format = try DateFormat(row.pattern)
    let date = try #require(CalendarDate(iso: "2016-02-05"))
    let texts = format.spellings(date: date, secondOfDay: 0)
    #expect(texts.count == row.count, "\(texts.sorted())")
    #expect(texts.isSuperset(of: row.some), "\(texts.sorted())")
    for text in texts { #expect(format.read(text)?.date == date, "\(text)") }
    #expect(texts.contains(format.write(date: date, secondOfDay: 0)))
  }

  private func words(_ reading: DateReading?) -> String? {
    guard let reading else { return nil }
    let time = reading.secondOfDay.map { TimeOfDay(secondOfDay: Int32($0)).description }
    return [reading.date?.description, time].compactMap { $0 }.joined(separator: " ")
  }
}
