import Foundation
import TestSupport
import Testing

/// Days after the as-of date in a field with `maximum: asOf` that `mayBeAhead` allows.
@Suite("Days ahead")
struct DaysAheadTests {
  private static let rules = """
    table: children
    files: ["children*.csv"]
    primaryKey: child_id
    person: child_id
    fields:
      - {name: child_id, headings: [Child ID], type: string}
    ---
    table: meetings
    title: Meetings
    files: ["meetings*.csv"]
    mayBeEmpty: true
    primaryKey: meeting_id
    person: child_id
    fields:
      - {name: meeting_id, headings: [Meeting ID], type: string}
      - {name: child_id, headings: [Child ID], type: string}
      - {name: held_on, headings: [Held], type: date, constraints: {maximum: asOf}, mayBeAhead: "!took_place"}
      - {name: status, headings: [Status], type: string, codes: states}
      - {name: cancelled, headings: [Cancelled], type: boolean}
    foreignKeys:
      - {fields: child_id, reference: {table: children, fields: child_id}, as: child}
    derived:
      - {name: known_status, type: string, value: 'status in ["Held", "Planned"] ? status : lookup(meetings, "no code: " + status).status'}
      - {name: took_place, type: boolean, value: "(!given(cancelled) || !coalesce(cancelled)) && (!given(status) || coalesce(known_status == 'Held'))"}
    ---
    table: days
    files: ["days*.csv"]
    mayBeEmpty: true
    primaryKey: day
    fields:
      - {name: day, headings: [Day], type: date}
      - {name: open, headings: [Open], type: boolean}
    ---
    codes: states
    values: {Held: Held, Planned: Planned, Other: Nobody said whether it was held}
    ---
    rules:
      - {rule: office-open, for: meetings, title: Held on an open day, check: "lookup(days, held_on).open"}
      - {rule: child-met, for: children, title: A meeting was held, check: "this.meetings.exists(m, m.took_place && m.held_on <= asOf)"}

    """

  /// All but M1 and M2 lie ahead of 1 March 2016.
  private static let meetings = """
    Meeting ID,Child ID,Held,Status,Cancelled
    M1,1,10/02/2016,Planned,
    M2,1,01/03/2016,Held,
    M3,1,10/03/2016,Planned,
    M4,1,10/03/2016,,Yes
    M5,1,10/03/2016,Planned,unsure
    M6,1,10/03/2016,Held,
    M7,1,10/03/2016,,
    M8,1,10/03/2016,Other,
    M9,1,10/03/2016,Plannd,

    """

  private func run(_ arguments: [String], in scratch: ScratchFolder) throws -> BuiltProgram.Outcome
  {
    try BuiltProgram().run(
      arguments + ["--rules", scratch.path("rules"), "--as-of", "2016-03-01"])
  }

  private func validated(_ rules: String) throws -> (
    exceptions: [[String: String]], measures: [[String: String]], scratch: ScratchFolder
  ) {
    let scratch = try ScratchFolder()
    try scratch.write(rules, to: "rules/all.yaml")
    try scratch.write("Child ID\n1\n", to: "in/children.csv")
    try scratch.write(Self.meetings, to: "in/meetings.csv")
    try scratch.write("Day,Open\n01/03/2016,Yes\n", to: "in/days.csv")
    let outcome = try run(
      ["validate", scratch.path("in"), "--out", scratch.path("OUT")], in: scratch)
    try #require(outcome.status == 1, "\(outcome.errors)")
    func rows(_ file: String) throws -> [[String: String]] {
      csvRows(try String(contentsOfFile: scratch.path("OUT/\(file)"), encoding: .utf8))
    }
    return (try rows("exceptions.csv"), try rows("measures.csv"), scratch)
  }

  private func records(_ rule: String, _ exceptions: [[String: String]]) -> [String?] {
    exceptions.filter { $0["rule"] == rule }.map { $0["record_id"] }
  }

  @Test("a day to come is listed unless its row says that nothing was held")
  func listed() throws {
    let run = try validated(Self.rules)
    #expect(records("meetings.held_on.maximum", run.exceptions) == ["M6", "M7", "M8", "M9"])
    let measure = run.measures.first {
      $0["rule"] == "meetings.held_on.maximum" && $0["team"] == "(all)"
    }
    #expect(measure?["judged"] == "9" && measure?["met"] == "5" && measure?["failed"] == "4")
  }

  @Test("what cannot be judged because of such a day is listed by itself")
  func unjudged() throws {
    let run = try validated(Self.rules)
    #expect(records("office-open", run.exceptions) == ["M1", "M3", "M4", "M5"])
    let blocked = run.exceptions.filter { $0["blocks"] == "office-open" }
    #expect(blocked.map { $0["record_id"] } == ["M6", "M7", "M8", "M9"])
  }

  @Test("without the key each day to come is listed, and names what it keeps from being judged")
  func withoutKey() throws {
    let run = try validated(Self.rules.replacing(", mayBeAhead: \"!took_place\"", with: ""))
    let ahead = ["M3", "M4", "M5", "M6", "M7", "M8", "M9"]
    #expect(records("meetings.held_on.maximum", run.exceptions) == ahead)
    #expect(records("office-open", run.exceptions) == ["M1"])
  }

  @Test("a child's case file has no finding on a day that may lie ahead")
  func caseFile() throws {
    let scratch = try validated(Self.rules).scratch
    let said = try run(["case", "1", scratch.path("in")], in: scratch).output
    let found = said.components(separatedBy: "is later than the as-of date").count - 1
    #expect(found == 4, "\(said)")
  }

  @Test("the explanation of the constraint says which days may lie ahead, and how that is known")
  func explained() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.rules, to: "rules/all.yaml")
    let told = try BuiltProgram().run(
      ["rules", "explain", "meetings.held_on.maximum", "--rules", scratch.path("rules")])
    #expect(
      told.output.contains(
        "What is asked: held_on is not after the as-of date, unless took_place is no.\n"),
      "\(told.output)\(told.errors)")
    #expect(told.output.contains("\nWorked out:\n  took_place: "), "\(told.output)")
  }

  struct Night: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var first: String
    var second: String
    var said: String
    var stillOpen: String?
  }

  @Test(
    "what becomes of an open exception",
    arguments: [
      Night(
        testDescription: "it is put right once its meeting is said to be planned",
        first: "M1,1,01/04/2016,,", second: "M1,1,01/04/2016,Planned,", said: "1 put right"),
      Night(
        testDescription: "it stays while nothing says so",
        first: "M1,1,01/04/2016,,", second: "M1,1,01/04/2016,Other,", said: "0 put right",
        stillOpen: "meetings.held_on.maximum"),
      Night(
        testDescription: "a booked meeting leaves no doubt that another was held",
        first: "", second: "M1,1,29/02/2016,Held,\nM2,1,01/04/2016,Planned,", said: "1 put right"),
      Night(
        testDescription: "a slip does",
        first: "", second: "M1,1,29/02/2016,Held,\nM2,1,01/04/2016,,", said: "0 put right"),
    ])
  func nights(_ night: Night) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.rules, to: "rules/all.yaml")
    try scratch.write(
      """
      extracts: extracts
      rules: [rules]
      asOf: today
      out: lists/{asOf}
      ledger: ledger.sqlite
      """, to: "casecheck.yaml")
    try scratch.write("Child ID\n1\n2\n", to: "extracts/children.csv")
    try scratch.write("Day,Open\n29/02/2016,Yes\n01/04/2016,Yes\n", to: "extracts/days.csv")
    var said = ""
    for (asOf, meetings) in [("2016-03-01", night.first), ("2016-03-02", night.second)] {
      try scratch.write(
        "Meeting ID,Child ID,Held,Status,Cancelled\n\(meetings)\n", to: "extracts/meetings.csv")
      let outcome = try BuiltProgram().run(
        ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", asOf])
      try #require(outcome.status == 1, "\(outcome.errors)")
      said = outcome.output
    }
    #expect(said.contains(night.said), "\(said)")
    let list = csvRows(
      try String(contentsOfFile: scratch.path("lists/2016-03-02/exceptions.csv"), encoding: .utf8))
    if let rule = night.stillOpen {
      #expect(records(rule, list) == ["M1"])
    }
  }
}
