import Testing
import WorkingTime

struct WorkingCalendarTests {
  @Test(
    arguments: [
      Row("20 from the first Monday of 2016", ("2016-01-04", 20), "2016-02-01"),
      Row("1 from a Friday", ("2016-01-08", 1), "2016-01-11"),
      Row("1 from a Saturday", ("2016-01-09", 1), "2016-01-11"),
      Row("1 from a Sunday", ("2016-01-10", 1), "2016-01-11"),
      Row("5 from a Saturday", ("2016-01-09", 5), "2016-01-15"),
      Row("1 from Christmas Eve 2015", ("2015-12-24", 1), "2015-12-29"),
      Row("4 across Christmas", ("2015-12-23", 4), "2015-12-31"),
      Row("5 across Christmas and New Year", ("2015-12-23", 5), "2016-01-04"),
      Row("from Christmas Day", ("2015-12-25", 1), "2015-12-29"),
      Row("across Easter", ("2016-03-24", 1), "2016-03-29"),
      Row("leap day", ("2016-02-26", 1), "2016-02-29"),
      Row("45", ("2016-01-04", 45), "2016-03-07"),
      Row("back from Monday", ("2016-01-11", -1), "2016-01-08"),
      Row("back from Sunday", ("2016-01-10", -1), "2016-01-08"),
      Row("back across Christmas", ("2015-12-29", -1), "2015-12-24"),
      Row("none from a Sunday", ("2016-01-10", 0), "2016-01-10"),
      Row("none outside", ("2030-01-10", 0), "2030-01-10"),
      Row("the day before the calendar", ("2014-12-31", 1), "2015-01-02"),
      Row("two days before it", ("2014-12-30", 1), nil),
      Row("the last day back", ("2017-01-01", -1), "2016-12-30"),
      Row("a day past it back", ("2017-01-02", -1), nil),
      Row("past the end", ("2016-12-30", 1), nil), Row("from the end", ("2016-12-31", 1), nil),
      Row("before the start", ("2015-01-02", -1), nil),
      Row("overflow", ("2016-01-04", .max), nil), Row("underflow", ("2016-01-04", .min), nil),
    ] as [Row<(String, Int), String?>])
  func findsTheWorkingDay(_ row: Row<(String, Int), String?>) throws {
    let day = try englandAndWales().workingDay(row.input.1, after: try date(row.input.0))
    #expect(day?.description == row.output)
  }

  @Test(
    arguments: [
      Row("20", ("2016-01-04", "2016-02-01"), 20), Row("same day", ("2016-01-04", "2016-01-04"), 0),
      Row("a weekend", ("2016-01-08", "2016-01-10"), 0),
      Row("Monday", ("2016-01-10", "2016-01-11"), 1),
      Row("Christmas", ("2015-12-24", "2015-12-28"), 0),
      Row("the other way", ("2016-02-01", "2016-01-04"), -20),
      Row("from the day before the calendar", ("2014-12-31", "2015-01-02"), 1),
      Row("from earlier", ("2014-12-30", "2015-01-02"), nil),
      Row("to the last day", ("2016-12-29", "2016-12-31"), 1),
      Row("past it", ("2016-12-29", "2017-01-01"), nil),
      Row("same day outside", ("2030-01-01", "2030-01-01"), 0),
    ] as [Row<(String, String), Int?>])
  func countsWorkingDays(_ row: Row<(String, String), Int?>) throws {
    let count = try englandAndWales().workingDays(
      after: try date(row.input.0), through: try date(row.input.1))
    #expect(count == row.output)
  }

  @Test func judgesOnlyTheDaysItCovers() throws {
    let calendar = try englandAndWales()
    #expect(calendar.isWorkingDay(try date("2016-01-04")) == true)
    #expect(calendar.isWorkingDay(try date("2016-01-01")) == false)
    #expect(calendar.isWorkingDay(try date("2016-01-02")) == false)
    #expect(calendar.isWorkingDay(try date("2014-12-31")) == nil)
    #expect(calendar.isWorkingDay(try date("2017-01-01")) == nil)
    #expect(calendar.holidays == calendar.holidays.sorted())
  }

  @Test func worksWithoutWorkingDays() throws {
    let day = try date("2016-01-04")
    let never = WorkingCalendar(
      name: "never", weekend: Set(Weekday.allCases), holidays: [], covers: day...day)
    #expect(never.workingDay(1, after: day) == nil)
    #expect(never.workingDay(-1, after: day) == nil)
    #expect(never.isWorkingDay(day) == false)
  }

  /// Holds every sum against one that walks from day to day.
  @Test func agreesWithCountingOnFingers() throws {
    let calendar = try englandAndWales()
    var random = FixedSeed()
    let first = calendar.covers.lowerBound.dayNumber
    let last = calendar.covers.upperBound.dayNumber
    for _ in 0..<5_000 {
      let start = CalendarDate(dayNumber: .random(in: first - 3...last + 3, using: &random))
      let n = Int.random(in: -60...60, using: &random)
      var day: CalendarDate? = start
      var left = abs(n)
      while left > 0, let here = day {
        let next = CalendarDate(dayNumber: here.dayNumber + Int32(n.signum()))
        let works = calendar.isWorkingDay(next)
        day = works == nil ? nil : next
        if works == true { left -= 1 }
      }
      let found = calendar.workingDay(n, after: start)
      #expect(found == day, "\(n) after \(start)")
      if n > 0, let found {
        #expect(calendar.workingDays(after: start, through: found) == n)
        #expect(calendar.workingDays(after: found, through: start) == -n)
      }
    }
  }
}
