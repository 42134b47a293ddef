import Diagnostics
import Testing

/// What expressions yield on a row: arithmetic, dates, text, lists and, above all, absent values.
@Suite("Expressions")
struct ExpressionTableTests {
  /// Each is true of the row below.
  static let true_ = [
    "2 + 3 * 4 == 14", "7 / 2 == 3", "-7 / 2 == -3", "-7 % 3 == -1", "7.0 / 2 == 3.5", "1 == 1.0",
    "!has(size / 0)", "!has(9223372036854775807 + size)", "size in [1, 2, 3]",
    "months(12) == years(1)", "days(7) == weeks(1)", "days(1) != days(2)", "note[0] == \"a\"",
    "!has(note[99])", "[4, 5][1] == 5", "\"ab\" + \"c\" == \"abc\"", "\"b\" > \"a\"",
    "true || size / 0 == 1", "!(false && size / 0 == 1)", "!has(has(done) ? done : ended)",
    "size > 1 ? true : false", "note.size() == 3", "\"é\".size() == 1", "note.matches(\"b\")",
    "note.startsWith(\"a\") && note.endsWith(\"c\") && note.contains(\"b\")",
    "note.upper() == \"ABC\"", "\"  x \".trim() == \"x\"",
    "date(\"2016-01-31\") + months(1) == date(\"2016-02-29\")",
    "date(\"2016-02-29\") + years(1) == date(\"2017-02-28\")",
    "date(\"2016-01-04\") + workingDays(20) == date(\"2016-02-01\")",
    "date(\"2016-02-01\") - workingDays(20) == date(\"2016-01-04\")",
    "daysBetween(started, asOf) == 57", "workingDaysBetween(started, date(\"2016-02-01\")) == 20",
    "workingDaysBetween(date(\"2016-02-01\"), started) == -20",
    "monthsBetween(date(\"2016-01-31\"), date(\"2016-02-29\")) == 1",
    "ageOn(date(\"2012-02-29\"), date(\"2013-02-28\")) == 0",
    "ageOn(date(\"2012-02-29\"), date(\"2013-03-01\")) == 1",
    "financialYear(date(\"2016-03-31\")) == 2015", "startOfMonth(started) == date(\"2016-01-01\")",
    "year(started) == 2016 && month(started) == 1 && day(started) == 4",
    "!isWorkingDay(date(\"2016-03-25\"))", "dateOf(started_at) == date(\"2016-03-26\")",
    "started_at == date(\"2016-03-26\")", "min(3, 1, 2) == 1", "!has(min(size, weight))",
    "max(started, asOf) == asOf", "abs(-3) == 3", "coalesce(done, started) == started",
    "same(done, ended)", "!same(done, started)", "given(note) && !given(done)",
    "[3, 1, 2].sortBy(x, x).first() == 1", "[1, 2].map(x, x * size)[1] == 4",
    "[1, 2, 3].filter(x, x > size).size() == 1", "[1, 2].all(x, x > 0)", "![].exists(x, true)",
    "!has([].max())", "[1, 2].sum() == 3", "[2, 2, 1].distinct().size() == 2",
    "this.events.size() == 2", "this.events.exists(e, e.happened == date(\"2016-01-11\"))",
    "events.count(e, e.duty_id == id) == 2", "lookup(events, \"E0\").duty_id == id",
    "this.events.sortBy(e, e.happened).first().event_id == \"E1\"",
    "this.events.maxBy(e, e.happened).event_id == \"E0\"",
    "this.events.before(lookup(events, \"E1\")).event_id == \"E0\"",
    "!has(this.events.after(lookup(events, \"E1\")))",
    "this.events.spans(e, e.happened, e.happened + days(7)).size() == 1",
    "this.events.spans(e, e.happened, e.happened + days(6)).size() == 2",
    "this.events.first().duty.id == id", "open", "hours(24) == hours(12) * 2",
    "started_at + hours(24) == datetime(\"2016-03-27T13:00\")", "\"\\101\\x42\" == \"AB\"",
    "size / 4 == 0 && coalesce(weight, size) / 4 == 0.5", "(open ? size : 2.5) / 4 == 0.5",
    "min(size, 3.0) / 4 == 0.5", "[size, 2.5][0] / 4 == 0.5",
  ]

  /// Each yields an absent value on the row below, so that the check cannot be judged.
  static let absent = [
    "done > started", "done == ended", "!(done > started)", "done > started && open",
    "open && done > started", "done > started || !open", "done > started ? open : open",
    "weight + 1 > 0.0", "ageOn(done, asOf) > 1", "min(weight, 1.0) > 0.0",
    "lookup(events, \"E9\").duty_id == id", "[].first() == 1", "size / 0 == 1",
    "this.events.all(e, e.happened < done)", "done in [started, asOf]",
    "asOf in [done, started, started, started, started, started, started, started, started, started]",
    "months(1) == days(30)", "hours(24) != days(1)", "months(1) in [days(30), days(31)]",
    "workingDaysBetween(date(\"2014-01-01\"), started) > 3",
    "asOf in (open ? [done, started] : [started])", "asOf in [started] + [done]",
  ]

  private static let row = """
    started: 2016-01-04, started_at: 2016-03-26T12:00, note: abc, size: 2, open: true
    """

  private func verdict(_ expression: String, _ status: String) async throws -> [String] {
    let quoted = expression.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return try await RuleBench().failures(
      rule: "check: \"\(quoted)\"", row: Self.row, events: ["2016-01-18", "2016-01-11"],
      asOf: "2016-03-01", expect: ["D": status])
  }

  @Test("holds", arguments: true_)
  func holds(_ expression: String) async throws {
    #expect(try await verdict(expression, "met") == [])
  }

  @Test("its opposite does not hold", arguments: true_)
  func oppositeFails(_ expression: String) async throws {
    #expect(try await verdict("!(\(expression))", "failed") == [])
  }

  @Test("is absent", arguments: absent)
  func isAbsent(_ expression: String) async throws {
    #expect(try await verdict(expression, "cannot-judge") == [])
  }

  struct Mistake: Sendable, CustomTestStringConvertible {
    var rule: String
    var column: Int
    var says: String
    var testDescription: String { rule }
  }

  static let mistakes = [
    Mistake(rule: "check: started <= 5", column: 47, says: "a date and an int cannot be compared"),
    Mistake(rule: "check: strated > asOf", column: 39, says: "Did you mean `started`?"),
    Mistake(rule: "check: size", column: 39, says: "a bool is expected in `check`"),
    Mistake(rule: "check: open and open", column: 44, says: "Write `&&`"),
    Mistake(rule: "check: has(open", column: 47, says: "`)` is expected"),
    Mistake(rule: "check: open == null", column: 47, says: "has(x)"),
    Mistake(rule: "check: \"ageOf(started, asOf) > 1\"", column: 40, says: "Did you mean `ageOn`?"),
    Mistake(
      rule: "check: \"this.evnts.exists(e, true)\"", column: 45, says: "Did you mean `events`?"),
    Mistake(rule: "chek: open", column: 32, says: "Did you mean `check`?"),
    Mistake(rule: "check: open, severity: eror", column: 55, says: "Did you mean `error`?"),
  ]

  @Test("says what is wrong, and where", arguments: mistakes)
  func saysWhatIsWrong(_ mistake: Mistake) throws {
    let found = try RuleBench().mistakes(rule: mistake.rule)
    let first = try #require(
      found.first { $0.description.contains(mistake.says) }, "\(found.map(\.description))")
    #expect(first.position?.line == 2)
    #expect(first.position?.column == mistake.column, "\(first)")
  }
}
