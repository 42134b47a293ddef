import CheckRuns
import Exceptions
import Rulebooks
import TestSupport
import Testing
import WorkingTime

/// A later as-of date never undoes a verdict: what is overdue cannot become pending again.
@Suite("As-of date")
struct AsOfPropertyTests {
  /// The same numbers in every run (Numerical Recipes' linear congruential generator).
  private struct Chance {
    var state: UInt32

    mutating func below(_ bound: Int) -> Int {
      state = state &* 1_664_525 &+ 1_013_904_223
      return Int(state >> 8) % bound
    }
  }

  private static let rules = """
    table: duties
    files: ["duties*.csv"]
    primaryKey: id
    fields:
      - {name: id, type: string}
      - {name: started, type: date}
      - {name: ended, type: date}
      - {name: done, type: date}
    ---
    table: events
    files: ["events*.csv"]
    primaryKey: event_id
    fields:
      - {name: event_id, type: string}
      - {name: duty_id, type: string}
      - {name: happened, type: date}
    foreignKeys:
      - {fields: duty_id, reference: {table: duties, fields: id}, as: duty}
    ---
    calendar: england-and-wales
    covers: {from: 2014-01-01, to: 2018-12-31}
    holidays: [2015-12-25, 2015-12-28, 2016-01-01, 2016-03-25, 2016-03-28]
    ---
    rules:
      - {rule: once, for: duties, deadline: {from: started, within: 20 working days, to: done, dueSoon: 3 days}}
      - {rule: again, for: duties, repeat: {from: started, until: ended, events: "this.events.map(e, e.happened)", every: 2 weeks, dueSoon: 3 days}}
    """

  @Test("a later date never turns overdue into pending or due soon, nor late into overdue")
  func neverBackwards() async throws {
    let folder = try ScratchFolder()
    try folder.write(Self.rules, to: "rules/rules.yaml")
    var chance = Chance(state: 2_016)
    let start = try #require(CalendarDate(iso: "2015-10-01"))
    func date(_ days: Int) -> String { start.adding(days: days)?.description ?? "" }
    var duties = "id,started,ended,done\n"
    var events = "event_id,duty_id,happened\n"
    for number in 0..<150 {
      let day = chance.below(120)
      let ended = chance.below(3) == 0 ? date(day + chance.below(90)) : ""
      let done = chance.below(2) == 0 ? date(day + chance.below(60)) : ""
      duties += "D\(number),\(date(day)),\(ended),\(done)\n"
      for event in 0..<chance.below(5) {
        events += "E\(number)-\(event),D\(number),\(date(day + chance.below(80)))\n"
      }
    }
    try folder.write(duties, to: "extracts/duties.csv")
    try folder.write(events, to: "extracts/events.csv")

    var before: [String: String] = [:]
    for day in stride(from: 60, to: 260, by: 11) {
      let asOf = try #require(start.adding(days: day))
      let report = try await check(
        CheckRequest(
          extracts: [folder.path("extracts")], earlier: nil,
          rules: RuleSelection(folders: [folder.path("rules")]), asOf: asOf, threads: 2,
          memory: nil, version: "test"))
      var now: [String: String] = [:]
      for exception in report.exceptions where exception.rule == "once" || exception.rule == "again"
      {
        let key = "\(exception.rule) \(exception.recordID) \(exception.occasion ?? 0)"
        now[key] = exception.status.rawValue
      }
      for (key, status) in before {
        switch status {
        // It stays overdue until it is done or ended, and by then either is too late.
        case "overdue": #expect(now[key] == "overdue" || now[key] == "late", "\(key) on \(asOf)")
        case "late": #expect(now[key] == "late", "\(key) on \(asOf)")
        default: break
        }
      }
      before = now
    }
    #expect(before.values.contains("overdue") && before.values.contains("late"))
  }
}
