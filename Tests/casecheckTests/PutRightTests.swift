import Foundation
import TestSupport
import Testing

/// Nights after which nothing has been put right, whatever the lists no longer show.
@Suite("Put right it was not")
struct PutRightTests {
  struct Nights: Sendable, CustomTestStringConvertible {
    var what: String
    var rules: String
    /// The rows of each night, by table.
    var rows: [[String: [String]]]
    /// What the last night says.
    var says: String
    /// How many others are put right with it.
    var others = 0
    /// Options of the last night.
    var options: [String] = []
    /// The rules of the last night, where they are others.
    var then: String?
    /// Whether the last night comes twice.
    var isRepeated = true

    var testDescription: String { what }
  }

  @Test(
    "nothing is put right without somebody's doing it",
    arguments: goneNights + doubtfulNights + silentNights)
  func staysOpenOrLapses(_ nights: Nights) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.tables + nights.rules + "\n", to: "rules.yaml")
    // What is held has to be held on the next night as well.
    let isHeld = ["not judged", "asks nothing of any record of", "it still"].contains {
      nights.says.contains($0)
    }
    let all = nights.rows + (isHeld && nights.isRepeated ? nights.rows.suffix(1) : [])
    for (number, rows) in all.enumerated() {
      let isLast = number >= nights.rows.count - 1
      if isLast, let then = nights.then {
        try scratch.write(Self.tables + then + "\n", to: "rules.yaml")
      }
      let outcome = try run(
        scratch, night: number, Self.extracts(rows), isLast ? nights.options : [])
      try #require([0, 1, 3].contains(outcome.status), "\(outcome.errors)")
      if number == 0 { #expect(outcome.output.contains("Ledger: this is its first run")) }
      let said = outcome.output.replacing("\n    ", with: " ") + outcome.errors
      guard isLast else { continue }
      let others = number == nights.rows.count - 1 ? nights.others : 0
      #expect(said.contains(" \(others) put right"), "\(said)")
      #expect(said.contains(nights.says), "\(said)")
      if nights.says.contains("nothing of any record of") {
        let end = "give it `list: none` and run once with --accept-removed r."
        #expect(said.contains(end), "\(said)")
      }
      if nights.says.hasSuffix("no longer looked at") {
        #expect(!said.contains("had nothing to accept"), "\(said)")
      }
    }
  }

  @Test(
    "what is done now is put right whatever else nobody can read, unless that could have hidden it",
    arguments: [
      // The events, the plan of the first night, those of the second and whether it is put right.
      (
        "this.plans.filter(p, p.seen == 'y').map(p, p.started_on)", "L1,P1,01/02/2016,,,n",
        ["L1,P1,01/02/2016,,,y", "X1,P99,01/02/2016,,,y"], true
      ),
      (
        "this.plans.filter(p, p.seen == 'y').map(p, p.started_on)", "L1,P1,01/02/2016,,,n",
        ["L1,P1,01/02/2016,,,y", "X1,P99,xx,,,y"], true
      ),
      // Without an event more, the first is due later.
      (
        "this.plans.filter(p, p.seen == 'y').map(p, p.started_on)", "L1,P1,05/01/2016,,,y",
        ["L1,P1,xx,,,y", "X1,P99,01/02/2016,,,y"], false
      ),
      // What replaces a plan could be read before, and the plan did not count.
      (
        "this.plans.filter(p, !plans.exists(o, o.replaces == p.plan_id)).map(p, p.started_on)",
        "L1,P1,01/02/2016,,,y\nL2,P2,01/02/2016,,L1,y",
        ["L1,P1,01/02/2016,,,y", "L2,P2,01/02/2016,,L9,y"], false
      ),
    ] as [(String, String, [String], Bool)])
  func isDone(_ events: String, _ before: String, _ now: [String], _ isPutRight: Bool) throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      Self.tables + """
        rules:
          - rule: r
            for: people
            repeat: {from: "date('2016-01-01')", every: 40 days, events: "\(events)"}

        """, to: "rules.yaml")
    var said = ""
    for (number, plans) in [[before], now].enumerated() {
      let outcome = try run(
        scratch, night: number, Self.extracts(["people": [Self.people[0]], "plans": plans]))
      #expect(outcome.status == 1, "\(outcome.errors)")
      said = outcome.output.replacing("\n    ", with: " ")
    }
    #expect(said.contains(isPutRight ? " 1 put right" : " 0 put right"), "\(said)")
    #expect(said.contains("not judged: 1 exception of r") == !isPutRight, "\(said)")
  }

  @Test(
    "a value that is not written as it must be shows nothing of another, unless it never was",
    arguments: [
      // The numbers of three children on each night, what the last puts right and what it holds.
      (["A100,A100,", "a100,A100,"], 0, "people.upn.unique"),
      (["A100,A100,", "A100,A10,"], 0, "people.upn.unique"),
      (["A100,A100,", "A100,A1000,"], 0, "people.upn.unique"),
      (["A100,A100,", "a100,A100,", "A200,A100,"], 2, nil),
      (["A100,A100,", "a100,A100,", "A100,A100,"], 1, nil),
      // What was badly written before is no reason.
      (["A100,A100,a300", "A200,A100,a300"], 1, nil),
      (["A666,A100,", "a666,A100,"], 0, "not-666"),
      (["A666,A100,a300", "A667,A100,a300"], 1, nil),
    ] as [([String], Int, String?)])
  func badlyWritten(_ nights: [String], _ putRight: Int, _ held: String?) throws {
    let scratch = try ScratchFolder()
    let rules = """
      table: people
      files: ["people*.csv"]
      primaryKey: person_id
      person: person_id
      owner: {team: team}
      fields:
        - {name: person_id}
        - {name: team}
        - {name: upn, constraints: {unique: true, pattern: "[A-Z][0-9]+", minLength: 4, maxLength: 4}}
      ---
      rules: [{rule: not-666, for: people, check: "upn != 'A666'"}]

      """
    try scratch.write(rules, to: "rules.yaml")
    var said = ""
    for (number, numbers) in nights.enumerated() {
      let rows = numbers.split(separator: ",", omittingEmptySubsequences: false).enumerated()
        .map { "P\($0.offset),East,\($0.element.isEmpty ? "Z999" : $0.element)" }
      let outcome = try run(scratch, night: number, ["people": ["person_id,team,upn"] + rows])
      try #require([0, 1].contains(outcome.status), "\(outcome.errors)")
      said = outcome.output.replacing("\n    ", with: " ") + outcome.errors
    }
    #expect(said.contains(" \(putRight) put right, 0 reopened"), "\(said)")
    if let held {
      #expect(said.contains("still open, not judged: 1 exception of \(held)"), "\(said)")
    } else {
      #expect(!said.contains("still open"), "\(said)")
    }
  }
}
