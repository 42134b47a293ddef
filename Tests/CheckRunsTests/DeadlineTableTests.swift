import Testing

/// The verdicts of `deadline` and the units of time, one row for each case of the rule language.
@Suite("Deadlines")
struct DeadlineTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var deadline: String
    var cells: String
    var asOf: String
    var status: String
    var testDescription: String { name }

    init(_ name: String, _ deadline: String, _ cells: String, asOf: String, _ status: String) {
      self.name = name
      self.deadline = deadline
      self.cells = cells
      self.asOf = asOf
      self.status = status
    }
  }

  private static let twenty = "from: started, within: 20 working days, to: done"
  private static let monday = "started: 2016-01-04"

  static let statuses = [
    Row("start absent", twenty, "", asOf: "2016-03-01", "cannot-judge"),
    Row("start unreadable", twenty, "started: soon", asOf: "2016-03-01", "cannot-judge"),
    Row(
      "done before the start", twenty, "\(monday), done: 2016-01-03", asOf: "2016-03-01",
      "cannot-judge"),
    Row(
      "done on the day of the start", twenty, "\(monday), done: 2016-01-04", asOf: "2016-03-01",
      "met"),
    Row("done on the last day", twenty, "\(monday), done: 2016-02-01", asOf: "2016-03-01", "met"),
    Row("done the day after", twenty, "\(monday), done: 2016-02-02", asOf: "2016-03-01", "late"),
    Row("not done, on the last day", twenty, monday, asOf: "2016-02-01", "pending"),
    Row("not done, the day after", twenty, monday, asOf: "2016-02-02", "overdue"),
    Row(
      "a date to come is not done yet", twenty, "\(monday), done: 2016-02-03", asOf: "2016-02-02",
      "overdue"),
    Row(
      "a date to come, not due yet", twenty, "\(monday), done: 2016-01-20", asOf: "2016-01-19",
      "pending"),
    Row("done on the as-of date", twenty, "\(monday), done: 2016-01-19", asOf: "2016-01-19", "met"),
    Row(
      "the end is unreadable", twenty, "\(monday), done: 19th", asOf: "2016-01-19", "cannot-judge"),
    Row(
      "due soon from its first day", twenty + ", dueSoon: 5 working days", monday,
      asOf: "2016-01-25", "due-soon"),
    Row(
      "the day before it is due soon", twenty + ", dueSoon: 5 working days", monday,
      asOf: "2016-01-24", "pending"),
    Row(
      "due soon on the last day", twenty + ", dueSoon: 5 working days", monday, asOf: "2016-02-01",
      "due-soon"),
    Row(
      "due by itself, on the day", "due: started, to: done", monday, asOf: "2016-01-04", "pending"),
    Row("due by itself, after it", "due: started, to: done", monday, asOf: "2016-01-05", "overdue"),
    Row(
      "due by itself, done long before", "due: started, to: done", "\(monday), done: 2015-12-01",
      asOf: "2016-01-05", "met"),
    Row("due absent", "due: started, to: done", "", asOf: "2016-01-05", "cannot-judge"),
    Row("outside the calendar", twenty, "started: 2016-12-20", asOf: "2016-12-21", "cannot-judge"),
    Row("before the calendar", twenty, "started: 2010-01-04", asOf: "2016-12-21", "cannot-judge"),
  ]

  private static func within(_ span: String) -> String {
    "from: started, within: \(span), to: done"
  }

  static let units = [
    Row(
      "a working day after Saturday", within("1 working days"),
      "started: 2016-01-09, done: 2016-01-11", asOf: "2016-03-01", "met"),
    Row(
      "not two", within("1 working day"), "started: 2016-01-09, done: 2016-01-12",
      asOf: "2016-03-01", "late"),
    Row(
      "over Christmas", within("1 working day"), "started: 2015-12-24, done: 2015-12-29",
      asOf: "2016-03-01", "met"),
    Row(
      "over Easter", within("2 working days"), "started: 2016-03-24, done: 2016-03-30",
      asOf: "2016-04-01", "met"),
    Row(
      "calendar days", within("7 days"), "started: 2016-01-04, done: 2016-01-11",
      asOf: "2016-03-01", "met"),
    Row(
      "one day more", within("7 days"), "started: 2016-01-04, done: 2016-01-12", asOf: "2016-03-01",
      "late"),
    Row(
      "weeks", within("6 weeks"), "started: 2016-01-04, done: 2016-02-15", asOf: "2016-03-01", "met"
    ),
    Row(
      "a month from the 31st", within("1 month"), "started: 2016-01-31, done: 2016-02-29",
      asOf: "2016-03-10", "met"),
    Row(
      "and not later", within("1 month"), "started: 2016-01-31, done: 2016-03-01",
      asOf: "2016-03-10", "late"),
    Row(
      "six months", within("6 months"), "started: 2015-08-31, done: 2016-02-29", asOf: "2016-03-10",
      "met"),
    Row(
      "a year from 29 February", within("1 year"), "started: 2016-02-29", asOf: "2017-02-28",
      "pending"),
    Row(
      "and the day after", within("1 year"), "started: 2016-02-29", asOf: "2017-03-01", "overdue"),
    Row(
      "hours between bare dates", within("72 hours"), "started: 2016-01-04, done: 2016-01-07",
      asOf: "2016-03-01", "met"),
    Row(
      "one day more", within("72 hours"), "started: 2016-01-04, done: 2016-01-08",
      asOf: "2016-03-01", "late"),
    Row(
      "25 hours are two days", within("25 hours"), "started: 2016-01-04, done: 2016-01-06",
      asOf: "2016-03-01", "met"),
    Row(
      "no hours at all are due at that minute", "from: started_at, within: 0 hours, to: done_at",
      "started_at: 2016-01-04T08:00, done_at: 2016-01-04T08:00", asOf: "2016-03-01", "met"),
    Row(
      "and late a minute after it", "from: started_at, within: hours(0), to: done_at",
      "started_at: 2016-01-04T08:00, done_at: 2016-01-04T08:01", asOf: "2016-03-01", "late"),
    Row(
      "hours of which none is left", "from: started_at, within: hours(24) - hours(24), to: done_at",
      "started_at: 2016-01-04T08:00, done_at: 2016-01-04T23:30", asOf: "2016-03-01", "late"),
    Row(
      "no days at all are due by the end of that day",
      "from: started_at, within: 0 days, to: done_at",
      "started_at: 2016-01-04T08:00, done_at: 2016-01-04T23:30", asOf: "2016-03-01", "met"),
    Row(
      "hours over the clock change in spring", "from: started_at, within: 24 hours, to: done_at",
      "started_at: 2016-03-26T12:00, done_at: 2016-03-27T13:00", asOf: "2016-04-01", "met"),
    Row(
      "and a minute more", "from: started_at, within: 24 hours, to: done_at",
      "started_at: 2016-03-26T12:00, done_at: 2016-03-27T13:01", asOf: "2016-04-01", "late"),
    Row(
      "hours over the clock change in autumn", "from: started_at, within: 24 hours, to: done_at",
      "started_at: 2016-10-29T12:00, done_at: 2016-10-30T11:00", asOf: "2016-11-01", "met"),
    Row(
      "and a minute more", "from: started_at, within: 24 hours, to: done_at",
      "started_at: 2016-10-29T12:00, done_at: 2016-10-30T11:01", asOf: "2016-11-01", "late"),
    Row(
      "due in the second passage of an hour, done in the first",
      "from: started_at, within: 72 hours, to: done_at",
      "started_at: 2016-10-27T02:00, done_at: 2016-10-30T01:59", asOf: "2016-11-01", "met"),
    Row(
      "and done after both", "from: started_at, within: 72 hours, to: done_at",
      "started_at: 2016-10-27T02:00, done_at: 2016-10-30T02:00", asOf: "2016-11-01", "late"),
    Row(
      "a time that the clocks skipped is an hour later",
      "from: started_at, within: 72 hours, to: done_at",
      "started_at: 2016-03-24T01:15, done_at: 2016-03-27T01:16", asOf: "2016-04-01", "late"),
    Row(
      "and in time to the minute", "from: started_at, within: 72 hours, to: done_at",
      "started_at: 2016-03-24T01:15, done_at: 2016-03-27T01:15", asOf: "2016-04-01", "met"),
    Row(
      "and so it ends after what began within the hour it moves on to",
      "from: started_at, within: 72 hours, to: done_at",
      "started_at: 2016-03-27T02:15, done_at: 2016-03-27T01:20", asOf: "2016-04-01", "met"),
    Row(
      "a date-time against a due date", "from: started, within: 1 day, to: done_at",
      "started: 2016-01-04, done_at: 2016-01-05T23:59", asOf: "2016-03-01", "met"),
  ]

  @Test("status", arguments: statuses)
  func status(_ row: Row) async throws { try await check(row) }

  @Test("unit of time", arguments: units)
  func unit(_ row: Row) async throws { try await check(row) }

  private func check(_ row: Row) async throws {
    let failures = try await RuleBench().failures(
      rule: "deadline: {\(row.deadline)}", row: row.cells, asOf: row.asOf,
      expect: ["D": row.status])
    #expect(failures == [])
  }

  @Test("a wrong expectation fails, so that these tests can")
  func canFail() async throws {
    let failures = try await RuleBench().failures(
      rule: "deadline: {\(Self.twenty)}", row: Self.monday, asOf: "2016-02-02",
      expect: ["D": "met"])
    #expect(failures.count == 1)
    #expect(failures.first?.contains("overdue") == true)
  }
}
