import Foundation
import TestSupport
import Testing

/// Records, visits and rows that are gone, and have not been put right for that.
extension PutRightTests {
  /// Two children are overdue.
  static let ofTwo =
    "rules: [{rule: r, for: people, when: \"person_id == 'P1' || person_id == 'P2'\", repeat: {from: \"date('2016-01-01')\", every: 40 days, events: '[]'}}]"
  /// Plans of the two, both in time.
  static let ofBoth = ["L1,P1,01/02/2016,05/02/2016,,y", "L2,P2,01/02/2016,05/02/2016,,y"]

  /// Runs on the rows of a night, by table; those not named are as usual, and those without rows are
  /// missing.
  func night(
    _ scratch: ScratchFolder, _ asOf: String, _ rows: [String: [String]], _ more: [String] = []
  ) throws -> (status: Int32, said: String) {
    try? FileManager.default.removeItem(atPath: scratch.path("extracts"))
    let usual = ["people": Self.people, "workers": Self.workers, "plans": Self.ofBoth + Self.done]
    for (table, rows) in usual.merging(rows, uniquingKeysWith: { $1 }) where !rows.isEmpty {
      let lines = ([Self.headings[table] ?? ""] + rows).map { $0 + "\n" }
      try scratch.write(lines.joined(), to: "extracts/\(table).csv")
    }
    let outcome = try BuiltProgram().run(
      [
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules.yaml"), "--as-of",
        asOf, "--out", scratch.path("out"), "--ledger", scratch.path("l.sqlite"),
      ] + more)
    try #require([0, 1, 3].contains(outcome.status), "\(outcome.errors)")
    return (outcome.status, outcome.output.replacing("\n    ", with: " ") + outcome.errors)
  }

  struct Gone: Sendable, CustomTestStringConvertible {
    var what: String
    var plans: [String] = PutRightTests.ofBoth + PutRightTests.done
    var options: [String] = []
    var status: Int32 = 1
    var putRight = 0
    var says: [String]

    var testDescription: String { what }
  }

  static let waysOfGone = [
    Gone(
      what: "still referred to",
      says: ["still open, record gone, and still referred to: 1 exception of r"]),
    Gone(
      what: "referred to by a number written in another way",
      plans: [ofBoth[0].replacing("P1", with: "p1"), ofBoth[1]] + done,
      says: ["still open, record gone, and still referred to: 1 exception of r"]),
    Gone(
      what: "referred to by nobody", plans: [ofBoth[1]] + done, putRight: 2,
      says: ["2 put right"]),
    Gone(
      what: "accepted", options: ["--accept-shrink", "people"], says: ["1 no longer looked at"]),
    Gone(
      what: "the plans are missing", plans: [], status: 3,
      says: ["not evaluated: 2 exceptions of plans.person_id.reference, r"]),
    Gone(
      what: "what refers to it is rejected", plans: [ofBoth[0] + ",", ofBoth[1]] + done,
      says: [
        "perhaps among the rejected records: 2 exceptions of plans.person_id.reference, r"
      ]),
  ]

  @Test(
    "a record that was overdue is not put right while records of another table refer to it",
    arguments: waysOfGone)
  func goneAndReferredTo(_ gone: Gone) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.tables + Self.ofTwo + "\n", to: "rules.yaml")
    _ = try night(scratch, "2016-03-01", [:])
    let people = Array(Self.people.dropFirst())
    let first = try night(scratch, "2016-03-02", ["people": people])
    #expect(first.said.contains(" 0 put right"), "\(first.said)")
    #expect(
      first.said.contains(
        "people: a record with an overdue exception is not there any more, while records of other tables still refer to it"
      ), "\(first.said)")
    let drift = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("out"))
      .filter { $0.hasSuffix("/drift.csv") }
      .flatMap { try csvRows(String(contentsOfFile: scratch.path("out/\($0)"), encoding: .utf8)) }
    let held = drift.filter { $0["section"] == "not-judged" }
    #expect(held.map { $0["record_id"] } == ["P1"])
    #expect(held.first?["message"]?.contains("still refer to it") == true, "\(held)")
    for (number, asOf) in ["2016-03-03", "2016-03-03", "2016-03-04"].enumerated() {
      let last = try night(
        scratch, asOf, ["people": people, "plans": gone.plans], gone.options)
      #expect(last.status == gone.status, "\(last.said)")
      // Once it has ended, later days have no more to say of it.
      if asOf == "2016-03-04", gone.putRight > 0 || !gone.options.isEmpty { break }
      #expect(last.said.contains(" \(gone.putRight) put right"), "\(number): \(last.said)")
      for words in gone.says { #expect(last.said.contains(words), "\(number): \(last.said)") }
    }
  }

  @Test("what has gone with a loss of its table that was accepted is not put right")
  func goneWithAcceptedLoss() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.tables + Self.ended + "\n", to: "rules.yaml")
    let open = (1...3).map { "L\($0),P\($0),01/01/2016,,,y" }
    _ = try night(scratch, "2016-03-01", ["plans": open + Self.done])
    let left = Array(open.suffix(1) + Self.done.prefix(8))
    let stopped = try night(scratch, "2016-03-02", ["plans": left])
    #expect(stopped.status == 3)
    let words = " 0 put right, 0 reopened, 2 no longer looked at"
    let accepted = try night(
      scratch, "2016-03-03", ["plans": left], ["--accept-shrink", "plans"])
    #expect(accepted.said.contains(words), "\(accepted.said)")
    // Made again, the run is compared with its own first attempt, which has lost nothing any more.
    for options in [[], ["--accept-shrink", "plans"]] {
      let again = try night(scratch, "2016-03-03", ["plans": left], options)
      #expect(again.status == 1)
      #expect(again.said.contains(words), "\(again.said)")
      #expect(again.said.contains("plans has 9 rows, and had 15 when it was last whole"))
    }
    // What goes by itself on another day is put right, as ever.
    let next = try night(scratch, "2016-03-04", ["plans": Array(left.dropFirst())])
    #expect(next.said.contains(" 1 put right"), "\(next.said)")
  }

  @Test("visits that go on under other numbers are not among those of which nothing is asked")
  func goOnUnderOtherNumbers() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      Self.tables
        + "rules: [{rule: r, for: people, repeat: {from: \"date('2016-01-01')\", every: 10 days, events: 'this.plans.map(p, p.started_on)'}}]\n",
      to: "rules.yaml")
    func plans(_ last: String) -> [String] {
      (1...6).flatMap { ["L\($0),P\($0),05/01/2016,,,y", "M\($0),P\($0),\(last),,,y"] }
    }
    let people = Array(Self.people.prefix(6))
    _ = try night(scratch, "2016-03-01", ["people": people, "plans": plans("20/01/2016")])
    let last = try night(scratch, "2016-03-02", ["people": people, "plans": plans("")])
    #expect(last.said.contains(" 0 put right, 0 reopened, 6 no longer looked at"), "\(last.said)")
    #expect(!last.said.contains("are put right because"), "\(last.said)")
  }

  @Test("several overdue records that go in one night are told", arguments: [4, 5])
  func goneAtOnce(_ count: Int) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.tables + Self.ended + "\n", to: "rules.yaml")
    let inTime = (20...50).map { "L\($0),P\($0 % 4 + 5),01/02/2016,05/02/2016,,y" }
    let open = (60...66).map { "L\($0),P\($0 % 4 + 5),01/01/2016,,,y" }
    _ = try night(scratch, "2016-03-01", ["plans": open + inTime])
    let last = try night(
      scratch, "2016-03-02", ["plans": Array(open.dropFirst(count)) + inTime])
    #expect(last.status == 1)
    #expect(last.said.contains(" \(count) put right"), "\(last.said)")
    let words = "plans: \(count) records with overdue exceptions are not there any more"
    #expect(last.said.contains(words) == (count == 5), "\(last.said)")
  }

  @Test(
    "a team that goes, and a rule that falls silent, are told whatever other rules there are",
    arguments: [
      // How often the other rules have come in between, and the rules of the last night.
      (0, PutRightTests.ofSeen + "\n---\n" + PutRightTests.another), (1, PutRightTests.ofSeen),
      (3, PutRightTests.ofSeen),
    ])
  func otherRules(_ nights: Int, _ rules: String) throws {
    let many = (20...31).map { "L\($0),P\($0 % 4 + 1),01/02/2016,05/02/2016,,y" }
    func last(_ people: [String], _ plans: [String]) throws -> (first: String, again: String) {
      let scratch = try ScratchFolder()
      try scratch.write(Self.tables + Self.ofSeen + "\n", to: "rules.yaml")
      _ = try night(scratch, "2016-03-01", ["plans": many + Self.done])
      try scratch.write(Self.tables + Self.another + "\n", to: "rules.yaml")
      for number in 0..<nights {
        _ = try night(scratch, "2016-03-0\(number + 2)", ["plans": many + Self.done])
      }
      try scratch.write(Self.tables + rules + "\n", to: "rules.yaml")
      let rows = ["people": people, "plans": plans]
      let first = try night(scratch, "2016-03-08", rows, ["--accept-shrink", "plans"])
      #expect(first.said.contains("The rules, or their parameters, are not those of the run"))
      let again = try night(scratch, "2016-03-09", rows, ["--accept-shrink", "plans"])
      return (first.said, again.said)
    }
    let silent = try last(Self.people, (many + Self.done).map(Self.inCapitals))
    let words = "r: it asks nothing of any record any more, and asked of many in the last run"
    #expect(silent.first.contains(words), "\(silent.first)")
    #expect(!silent.again.contains(words), "it is told once")

    let east = "East: no record of this team is in plans any more, and many were in the last run"
    let left = try last(Self.people, Self.done)
    #expect(left.first.contains(east), "\(left.first)")
    #expect(!left.again.contains(east), "it is told once")

    let team = "East: nothing of this team is judged any more"
    let gone = try last(
      Self.people.map { $0.replacing("East", with: "West") }, many + Self.done)
    #expect(gone.first.contains(team), "\(gone.first)")
    #expect(!gone.again.contains(team), "it is told once")
  }

  static let another = "rules: [{rule: s, for: plans, check: has(person_id)}]"
}
