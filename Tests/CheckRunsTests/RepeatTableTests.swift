import Testing

/// `repeat`, occasion by occasion.
@Suite("Repeating duties")
struct RepeatTableTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    var cells: String
    var events: [String]
    var asOf: String
    var expected: [String: String]
    var testDescription: String { name }
  }

  static let rows = [
    Row(
      name: "no event, not due", cells: "started: 2016-01-04", events: [], asOf: "2016-01-18",
      expected: ["D#1": "pending", "D#2": "not-judged"]),
    Row(
      name: "no event, past due", cells: "started: 2016-01-04", events: [], asOf: "2016-01-19",
      expected: ["D#1": "overdue"]),
    Row(
      name: "on the day, and the next counts from it", cells: "started: 2016-01-04",
      events: ["2016-01-18"], asOf: "2016-02-02", expected: ["D#1": "met", "D#2": "overdue"]),
    Row(
      name: "late, and the next counts from the event", cells: "started: 2016-01-04",
      events: ["2016-01-19"], asOf: "2016-02-02", expected: ["D#1": "late", "D#2": "pending"]),
    Row(
      name: "several on one day are one", cells: "started: 2016-01-04",
      events: ["2016-01-11", "2016-01-11"], asOf: "2016-01-12",
      expected: ["D#1": "met", "D#2": "pending", "D#3": "not-judged"]),
    Row(
      name: "before the start does not count", cells: "started: 2016-01-04",
      events: ["2016-01-03"], asOf: "2016-01-19", expected: ["D#1": "overdue"]),
    Row(
      name: "on the day of the start counts", cells: "started: 2016-01-04",
      events: ["2016-01-04"], asOf: "2016-01-05", expected: ["D#1": "met", "D#2": "pending"]),
    Row(
      name: "to come does not count", cells: "started: 2016-01-04", events: ["2016-01-20"],
      asOf: "2016-01-19", expected: ["D#1": "overdue", "D#2": "not-judged"]),
    Row(
      name: "in any order", cells: "started: 2016-01-04", events: ["2016-01-20", "2016-01-11"],
      asOf: "2016-01-25", expected: ["D#1": "met", "D#2": "met", "D#3": "pending"]),
    Row(
      name: "ended before it was due", cells: "started: 2016-01-04, ended: 2016-01-15", events: [],
      asOf: "2016-03-01", expected: ["D#1": "not-judged"]),
    Row(
      name: "ended on the day it was due", cells: "started: 2016-01-04, ended: 2016-01-18",
      events: [], asOf: "2016-03-01", expected: ["D#1": "not-judged"]),
    Row(
      name: "ended the day after it was due: late, never overdue",
      cells: "started: 2016-01-04, ended: 2016-01-19", events: [], asOf: "2016-03-01",
      expected: ["D#1": "late"]),
    Row(
      name: "after the end does not count", cells: "started: 2016-01-04, ended: 2016-01-19",
      events: ["2016-01-20"], asOf: "2016-03-01",
      expected: ["D#1": "late", "D#2": "not-judged"]),
    Row(
      name: "an end to come leaves it open", cells: "started: 2016-01-04, ended: 2016-02-01",
      events: [], asOf: "2016-01-19", expected: ["D#1": "overdue"]),
    Row(
      name: "ended before it began", cells: "started: 2016-01-04, ended: 2016-01-03", events: [],
      asOf: "2016-03-01", expected: ["D": "cannot-judge"]),
    Row(
      name: "an end to come before the start", cells: "started: 2016-03-04, ended: 2016-03-03",
      events: [], asOf: "2016-03-01", expected: ["D#1": "pending"]),
    Row(
      name: "the end is unreadable", cells: "started: 2016-01-04, ended: never", events: [],
      asOf: "2016-03-01", expected: ["D": "cannot-judge"]),
    Row(
      name: "start absent", cells: "", events: ["2016-01-04"], asOf: "2016-03-01",
      expected: ["D": "cannot-judge"]),
    Row(
      name: "an absent event counts for nothing", cells: "started: 2016-01-04",
      events: ["\"\"", "2016-01-11"], asOf: "2016-01-12",
      expected: ["D#1": "met", "D#2": "pending"]),
  ]

  @Test("occasions", arguments: rows)
  func occasions(_ row: Row) async throws {
    let failures = try await RuleBench().failures(
      rule:
        "repeat: {from: started, until: ended, events: \"this.events.map(e, e.happened)\", every: 2 weeks}",
      row: row.cells, events: row.events, asOf: row.asOf, expect: row.expected)
    #expect(failures == [])
  }
}
