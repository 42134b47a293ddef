import Testing
import WorkingTime

struct CalendarDateTests {
  @Test(
    arguments: [
      Row("epoch", "1970-01-01", 0), Row("day before it", "1969-12-31", -1),
      Row("leap day", "2016-02-29", 16_860), Row("century without one", "1900-03-01", -25_508),
      Row("first", "0001-01-01", -719_162), Row("last", "9999-12-31", 2_932_896),
    ] as [Row<String, Int32>])
  func countsDays(_ row: Row<String, Int32>) throws {
    let day = try date(row.input)
    #expect(day.dayNumber == row.output)
    #expect(CalendarDate(dayNumber: row.output).description == row.input)
  }

  @Test(arguments: [
    "2015-02-29", "1900-02-29", "2016-04-31", "2016-00-10", "2016-13-01", "2016-01-00",
    "0000-01-01", "2016-1-04", "16-01-04", "2016-01-04 ", " 2016-01-04", "2016/01/04", "",
    "2016-01-0४", "+016-01-04", "10000-01-01", "2016-01",
  ])
  func refusesWhatIsNoDate(_ text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test(
    arguments: [
      Row("Monday", "2016-01-04", Weekday.monday), Row("Sunday", "2016-02-28", .sunday),
      Row("leap day", "2016-02-29", .monday), Row("epoch", "1970-01-01", .thursday),
      Row("before the epoch", "1969-12-28", .sunday), Row("first", "0001-01-01", .monday),
    ] as [Row<String, Weekday>])
  func knowsTheWeekday(_ row: Row<String, Weekday>) throws {
    #expect(try date(row.input).weekday == row.output)
    #expect(Weekday(name: row.output.name.uppercased()) == row.output)
  }

  @Test(
    arguments: [
      Row("same day", ("2016-01-15", 1), "2016-02-15"),
      Row("to a shorter month", ("2016-01-31", 1), "2016-02-29"),
      Row("common year", ("2015-01-31", 1), "2015-02-28"),
      Row("over the year", ("2015-12-31", 2), "2016-02-29"),
      Row("back", ("2016-03-31", -1), "2016-02-29"),
      Row("far back", ("2016-01-31", -14), "2014-11-30"),
      Row("out of the years", ("9999-12-01", 1), nil), Row("before them", ("0001-01-31", -1), nil),
      Row("overflow", ("2016-01-01", .max), nil), Row("underflow", ("2016-01-01", .min), nil),
    ] as [Row<(String, Int), String?>])
  func addsMonths(_ row: Row<(String, Int), String?>) throws {
    #expect(try date(row.input.0).adding(months: row.input.1)?.description == row.output)
  }

  @Test func addsDaysAndYearsWithinBounds() throws {
    #expect(try date("2016-02-29").adding(years: 1)?.description == "2017-02-28")
    #expect(try date("2016-02-29").adding(years: 4)?.description == "2020-02-29")
    #expect(try date("2016-02-28").adding(days: 2)?.description == "2016-03-01")
    for days in [Int.max, .min, 3_000_000, -3_000_000] {
      #expect(try date("2016-02-28").adding(days: days) == nil)
      #expect(try date("2016-02-28").adding(years: days) == nil)
    }
  }

  @Test(
    arguments: [
      Row("whole month", ("2016-01-15", "2016-02-15"), 1),
      Row("a day short", ("2016-01-15", "2016-02-14"), 0),
      Row("last day of a short month", ("2016-01-31", "2016-02-29"), 1),
      Row("a day before it", ("2016-01-31", "2016-02-28"), 0),
      Row("same day", ("2016-01-31", "2016-01-31"), 0),
      Row("the day before", ("2016-01-15", "2016-01-14"), -1),
      Row("a month before", ("2016-02-15", "2016-01-15"), -1),
      Row("over a month before", ("2016-02-15", "2016-01-14"), -2),
      Row("back to a short month", ("2016-03-31", "2016-02-29"), -1),
    ] as [Row<(String, String), Int>])
  func countsMonths(_ row: Row<(String, String), Int>) throws {
    let months = CalendarDate.months(from: try date(row.input.0), to: try date(row.input.1))
    #expect(months == row.output)
  }

  @Test(
    arguments: [
      Row("birthday", ("2000-05-10", "2016-05-10"), 16),
      Row("the day before", ("2000-05-10", "2016-05-09"), 15),
      Row("leap, common year, 28 February", ("2000-02-29", "2015-02-28"), 14),
      Row("leap, common year, 1 March", ("2000-02-29", "2015-03-01"), 15),
      Row("leap, leap year", ("2000-02-29", "2016-02-29"), 16),
      Row("born today", ("2016-05-10", "2016-05-10"), 0),
      Row("before birth", ("2016-05-10", "2016-05-09"), -1),
    ] as [Row<(String, String), Int>])
  func countsAge(_ row: Row<(String, String), Int>) throws {
    #expect(CalendarDate.age(born: try date(row.input.0), on: try date(row.input.1)) == row.output)
  }

  @Test func startsTheFinancialYearOnTheFirstOfApril() throws {
    #expect(try date("2016-03-31").financialYear == 2015)
    #expect(try date("2016-04-01").financialYear == 2016)
    #expect(try date("2016-02-29").startOfMonth.description == "2016-02-01")
    #expect(try date("2016-12-31").dayOfYear == 366)
  }

  @Test func keepsMonthSumsTheInverseOfMonthCounts() {
    var random = FixedSeed()
    for _ in 0..<20_000 {
      let a = CalendarDate(dayNumber: .random(in: -40_000...60_000, using: &random))
      let b = CalendarDate(dayNumber: .random(in: -40_000...60_000, using: &random))
      let n = CalendarDate.months(from: a, to: b)
      #expect(a.adding(months: n).map { $0 <= b } == true, "\(a) \(b)")
      #expect(a.adding(months: n + 1).map { $0 > b } == true, "\(a) \(b)")
      let (year, month, day) = a.components
      #expect(CalendarDate(year: year, month: month, day: day) == a)
      #expect(CalendarDate(iso: a.description) == a)
    }
  }
}
