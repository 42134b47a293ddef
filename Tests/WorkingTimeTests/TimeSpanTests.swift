import Testing
import WorkingTime

struct TimeSpanTests {
  @Test(
    arguments: [
      Row("working days", "20 working days", TimeSpan.workingDays(20)),
      Row("one working day", "1 working day", .workingDays(1)), Row("week", "1 week", .weeks(1)),
      Row("hours", "72 hours", .hours(72)), Row("months", "3 months", .months(3)),
      Row("year", "1 year", .years(1)), Row("none", "0 days", .zero),
      Row("case and spaces", "  20   Working DAYS ", .workingDays(20)),
      Row("years are months", "2 years", .months(24)), Row("weeks are days", "2 weeks", .days(14)),
      Row("no unit", "20", nil), Row("no count", "days", nil), Row("empty", "", nil),
      Row("sign", "-20 days", nil), Row("plus", "+20 days", nil), Row("fraction", "1.5 days", nil),
      Row("too many", "99999999999999999999 days", nil), Row("two units", "1 day 2 hours", nil),
      Row("no space", "20days", nil), Row("other unit", "20 fortnights", nil),
      Row("other digits", "२० days", nil), Row("line feed", "20\ndays", nil),
    ] as [Row<String, TimeSpan?>])
  func readsWords(_ row: Row<String, TimeSpan?>) {
    #expect(TimeSpan(words: row.input) == row.output)
  }

  @Test(
    arguments: [
      Row("working days", TimeSpan.workingDays(20), "20 working days"),
      Row("one", .workingDays(1), "1 working day"), Row("back", .days(-1), "-1 day"),
      Row("months", .months(3), "3 months"), Row("years", .years(2), "2 years"),
      Row("hours", .hours(72), "72 hours"), Row("no hours", .hours(0), "0 hours"),
      Row("minutes", TimeSpan(seconds: 90 * 60), "90 minutes"),
      Row("nothing", .zero, "0 days"), Row("mixed", .months(1) + .days(2), "1 month, 2 days"),
    ] as [Row<TimeSpan, String>])
  func writesWords(_ row: Row<TimeSpan, String>) {
    #expect(row.input.description == row.output)
  }

  @Test(
    arguments: [
      Row("days", (TimeSpan.days(6), TimeSpan.weeks(1)), -1),
      Row("years and months", (.years(1), .months(11)), 1),
      Row("equal", (.hours(24), .hours(24)), 0),
      Row("hours and days", (.hours(24), .days(1)), nil),
      Row("months and days", (.months(1), .days(99)), nil),
      Row("working days", (.workingDays(1), .days(1)), nil), Row("zero", (.zero, .hours(1)), -1),
      Row("the same mixture", (.months(1) + .days(1), .days(1) + .months(1)), 0),
      Row("a mixture", (.months(1) + .days(1), .months(3)), nil),
    ] as [Row<(TimeSpan, TimeSpan), Int?>])
  func comparesWithinOneKind(_ row: Row<(TimeSpan, TimeSpan), Int?>) {
    #expect(row.input.0.compare(row.input.1) == row.output)
    #expect(row.input.1.compare(row.input.0) == row.output.map { -$0 })
  }

  @Test func neverTrapsOnTheLargest() throws {
    let huge = TimeSpan(months: .max, days: .min, workingDays: .max, seconds: .min)
    #expect(huge.scaled(by: 2) == nil)
    #expect(TimeSpan.days(3).scaled(by: -2) == .days(-6))
    #expect((TimeSpan.days(.max) + .days(1)).days == .max)
    #expect((-TimeSpan.days(.min)).days == .max)
    #expect(TimeSpan.weeks(.max).days == .max)
    // Once a sum is out of bounds, no subtraction brings a wrong number back within them.
    #expect((TimeSpan.days(.max) + .days(5) - .days(.max)).days == .max)
    let day = try date("2016-01-04")
    for span in [huge, -huge, huge + huge, huge - huge, .years(.max), .hours(.min)] {
      #expect(span.added(to: day, in: try englandAndWales()) == nil)
      #expect(span.added(to: try moment("2016-01-04T10:00"), in: nil) == nil)
    }
  }

  @Test(
    arguments: [
      Row("20 working days", ("2016-01-04", TimeSpan.workingDays(20)), "2016-02-01"),
      Row("months", ("2016-01-31", .months(1)), "2016-02-29"),
      Row("months, then days", ("2016-01-31", .months(1) + .days(1)), "2016-03-01"),
      Row("days, then working days", ("2016-01-04", .days(5) + .workingDays(1)), "2016-01-11"),
      Row("24 hours", ("2016-01-04", .hours(24)), "2016-01-05"),
      Row("25 hours", ("2016-01-04", .hours(25)), "2016-01-06"),
      Row("1 hour", ("2016-01-04", .hours(1)), "2016-01-05"),
      Row("25 hours back", ("2016-01-04", .hours(-25)), "2016-01-02"),
      Row("nothing", ("2016-01-04", .zero), "2016-01-04"),
      Row("outside the calendar", ("2016-12-30", .workingDays(1)), nil),
    ] as [Row<(String, TimeSpan), String?>])
  func addsToDates(_ row: Row<(String, TimeSpan), String?>) throws {
    let sum = row.input.1.added(to: try date(row.input.0), in: try englandAndWales())
    #expect(sum?.description == row.output)
  }

  @Test(
    arguments: [
      Row(
        "72 hours across the spring change", ("2016-03-25T10:00", TimeSpan.hours(72)),
        "2016-03-28T11:00"),
      Row("3 days keep the time", ("2016-03-25T10:00", .days(3)), "2016-03-28T10:00"),
      Row("working days keep it", ("2016-01-04T10:15", .workingDays(20)), "2016-02-01T10:15"),
      Row("24 hours into winter", ("2016-10-29T10:00", .hours(24)), "2016-10-30T09:00"),
      Row("days, then hours", ("2016-03-26T10:00", .days(1) + .hours(1)), "2016-03-27T11:00"),
    ] as [Row<(String, TimeSpan), String?>])
  func addsToMoments(_ row: Row<(String, TimeSpan), String?>) throws {
    let sum = row.input.1.added(to: try moment(row.input.0), in: try englandAndWales())
    #expect(sum?.description == row.output)
  }

  @Test func wantsACalendarForWorkingDays() throws {
    #expect(TimeSpan.workingDays(1).added(to: try date("2016-01-04"), in: nil) == nil)
    #expect(TimeSpan.days(1).added(to: try date("2016-01-04"), in: nil) != nil)
  }

  @Test func showsMomentsAsPeopleWriteThem() throws {
    let late = try moment("1969-12-31T23:59:59")
    #expect(late.seconds == -1)
    #expect(late.truncatedToMinute.description == "1969-12-31T23:59")
    #expect(late.date.description == "1969-12-31")
    #expect(late.timeOfDay.description == "23:59:59")
    #expect(DueMoment.minute(late).description == "1969-12-31T23:59")
    #expect(DueMoment.day(late.date).description == "1969-12-31")
    #expect(LocalDateTime(seconds: .min).date.dayNumber == .min)
  }
}
