import Testing
import WorkingTime

struct DateLookTests {
  @Test(
    arguments: [
      Row("serial", "42443", "looks like an Excel serial date (14 March 2016)"),
      Row(
        "serial with time", "42443.5",
        "looks like an Excel serial date with a time (14 March 2016 12:00)"),
      Row(
        "serial just short", "42443.999999",
        "looks like an Excel serial date with a time (14 March 2016 23:59)"),
      Row("American", "03/14/2016", "looks like a US date, month first (14 March 2016)"),
      Row(
        "American with time", "3/14/2016 10:00", "looks like a US date, month first (14 March 2016)"
      ),
      Row("two digits", "14/03/16", "looks like a date with a two-digit year"),
      Row("time", "14/03/2016 10:30", "looks like a date with a time (14 March 2016)"),
      Row("ISO time", "2016-03-28T11:30:00Z", "looks like a date with a time (28 March 2016)"),
      Row(
        "no such day", "31/02/2016",
        "looks like a date that does not exist (February 2016 has 29 days)"),
      Row(
        "no leap day", "29/02/2015",
        "looks like a date that does not exist (February 2015 has 28 days)"),
      Row(
        "no such month", "14/14/2016",
        "looks like a date that does not exist (there is no month 14)"),
      Row("no day", "00/03/2016", "looks like a date that does not exist (there is no day 0)"),
      Row("zeros", "0000-00-00", "looks like an empty date written as zeros"),
      Row("British zeros", "00/00/0000", "looks like an empty date written as zeros"),
      Row(
        "ISO swapped", "2016-14-03",
        "looks like a date with its day before its month (14 March 2016)"
      ),
      Row("dots", "14.03.2016", "looks like a date in another format (14 March 2016)"),
      Row("uncertain order", "04-01-2016", "looks like a date in another format"),
      Row("compact", "20160314", "looks like a date without separators (14 March 2016)"),
      Row(
        "month name", "14 March 2016", "looks like a date with the month as a word (14 March 2016)"),
      Row(
        "weekday and th", "Mon 14th Mar, 2016",
        "looks like a date with the month as a word (14 March 2016)"),
      Row("Oracle", "14-MAR-16", "looks like a date with the month as a word and a two-digit year"),
      Row(
        "no such named time", "14 Mar 2016 25:00",
        "looks like a date with a time that does not exist (14 March 2016)"),
      Row(
        "no such minute", "14/03/2016 10:60",
        "looks like a date with a time that does not exist (14 March 2016)"),
      Row(
        "end of the day", "31/12/2016 24:00",
        "looks like midnight written as 24:00 (1 January 2017, 00:00)"),
      Row(
        "end of an uncertain day", "04/01/2016 24:00",
        "looks like midnight written as 24:00 (the next day, 00:00)"),
      Row(
        "month cut short", "01-Sept-2016",
        "looks like a date with its month cut to \"Sept\" (1 September 2016)"),
      Row("SQL Server", "Mar 14 2016 12:00AM", "looks like a date with a time (14 March 2016)"),
      Row(
        "no such named day", "30 Feb 2016",
        "looks like a date that does not exist (February 2016 has 29 days)"),
      Row("word", " Unknown ", "looks like \"Unknown\" in place of a date"),
      Row("n/a", "N/A", "looks like \"N/A\" in place of a date"),
      Row("year", "2016", "looks like a year alone"),
      Row("month", "03/2016", "looks like a month without a day"),
      Row("named month", "Mar-2016", "looks like a month without a day"),
      Row("empty", "", nil), Row("other words", "see notes", nil), Row("a number", "123456", nil),
      Row("small number", "19999", nil), Row("a name in a sentence", "may be 14 2016", nil),
      Row("many digits", "99999999999999999999/1/1", nil),
      Row("bytes", "\0\u{FFFD}/\u{1F600}", nil),
      Row("separators", "//", nil), Row("lone colon", ":14 March", nil),
      Row("colon first", ": Mar 1 2016", nil),
    ] as [Row<String, String?>])
  func describes(_ row: Row<String, String?>) {
    #expect(DateLook.describe(row.input) == row.output)
  }

  @Test func missesATimeWhereOneIsWanted() {
    #expect(
      DateLook.describe("14/03/2016", timeWanted: true)
        == "looks like a date without a time (14 March 2016)")
    #expect(
      DateLook.describe("14.03.2016 10:00", timeWanted: true)
        == "looks like a date and time in another format (14 March 2016)")
  }

  @Test(
    "Where years of two digits are wanted, they are not what is wrong",
    arguments: [
      ("14/03/16", false, "looks like a date in another format (14 March 2016)"),
      ("14.03.68", true, "looks like a date without a time (14 March 2068)"),
      ("31/02/69", false, "looks like a date that does not exist (February 1969 has 28 days)"),
      ("31-Jun-16", false, "looks like a date that does not exist (June 2016 has 30 days)"),
      ("14-MAR-16", true, "looks like a date without a time (14 March 2016)"),
      ("01-Sept-16", false, "looks like a date with its month cut to \"Sept\" (1 September 2016)"),
      (
        "01-Sep-26 25:00", true,
        "looks like a date with a time that does not exist (1 September 2026)"
      ),
    ])
  func shortYears(_ text: String, _ timeWanted: Bool, _ look: String) {
    #expect(
      DateLook.describe(text, timeWanted: timeWanted, shortYearsWanted: true) == look)
  }

  @Test func takesAnyText() {
    var random = FixedSeed()
    let alphabet = Array("0123456789//--::.. TZ+JanMarchth,é\u{0}\r\n")
    for _ in 0..<20_000 {
      let length = Int.random(in: 0...16, using: &random)
      let phrase = DateLook.describe(
        String((0..<length).map { _ in alphabet.randomElement(using: &random) ?? " " }))
      #expect(phrase?.hasPrefix("looks like ") ?? true)
    }
  }
}
