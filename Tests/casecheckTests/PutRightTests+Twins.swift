import Foundation
import TestSupport
import Testing

/// Records that share a key, or say the same without one.
extension PutRightTests {
  /// What the run of a later night says of records that were twice there, and what the ledger knows
  /// of what it lists of a rule: the child, the day on which it was first seen and its runs.
  private func nights(
    _ rule: String, _ plans: [[String]]
  ) throws -> (said: String, seen: [String]) {
    let scratch = try ScratchFolder()
    try scratch.write(Self.tables + Self.ended + "\n", to: "rules.yaml")
    var said = ""
    for (number, plans) in plans.enumerated() {
      let tables = ["people": Self.people, "workers": Self.workers, "plans": plans + Self.done]
      for (table, rows) in tables {
        let lines = ([Self.headings[table] ?? ""] + rows).map { $0 + "\n" }
        try scratch.write(lines.joined(), to: "x\(number)/\(table).csv")
      }
      let outcome = try BuiltProgram().run(
        [
          "validate", scratch.path("x\(number)"), "--rules", scratch.path("rules.yaml"), "--as-of",
          "2016-03-0\(number + 1)", "--out", scratch.path("out\(number)"), "--ledger",
          scratch.path("l.sqlite"), "--format", "csv",
        ])
      try #require([0, 1].contains(outcome.status), "\(outcome.errors)")
      said = outcome.output.replacing("\n    ", with: " ")
    }
    let list = scratch.path("out\(plans.count - 1)/exceptions.csv")
    let rows = csvRows(try String(contentsOfFile: list, encoding: .utf8))
    let seen = rows.filter { $0["rule"] == rule }.map { row in
      ["person_id", "first_seen", "runs_open"].map { row[$0] ?? "" }.joined(separator: " ")
    }
    return (said, seen)
  }

  @Test(
    "of two records with one key and one wrong value, the one that is corrected is put right",
    arguments: [
      // What is left of them, and how many exceptions are put right: that of the key as well.
      (["L1,P1,xx,,,"], 2),
      (["L1,P1,01/02/2016,05/02/2016,,", "L1,P1,xx,,,"], 1),
    ] as [([String], Int)])
  func twinIsCorrected(_ left: [String], _ putRight: Int) throws {
    let twins = ["L1,P1,xx,,,", "L1,P1,xx,,,"]
    let (said, seen) = try nights("plans.started_on.type", [twins, left])
    #expect(said.contains(" \(putRight) put right, 0 reopened"), "\(said)")
    #expect(!said.contains("no longer looked at"), "\(said)")
    #expect(seen == ["P1 2016-03-01 2"])
  }

  @Test(
    "of two children whose records have one key, neither is taken for the other once it is put right",
    arguments: [
      // What is left on the third night, what is put right with it, and what is listed then.
      (["L1,P1,01/02/2016,05/02/2016,,", "L1,P2,02/02/2016,,,"], 1, ["P2 2016-03-02 2"]),
      // The key is put right as well.
      (["L1,P2,02/02/2016,,,"], 2, ["P2 2016-03-02 2"]),
      // The same is left undone under another key.
      (
        ["L1,P2,02/02/2016,,,", "L2,P1,01/02/2016,,,"], 1,
        ["P1 2016-03-03 1", "P2 2016-03-02 2"]
      ),
    ] as [([String], Int, [String])])
  func twoChildren(_ left: [String], _ putRight: Int, _ listed: [String]) throws {
    let first = "L1,P1,01/02/2016,,,"
    let (said, seen) = try nights("r", [[first], [first, "L1,P2,02/02/2016,,,"], left])
    #expect(said.contains(" \(putRight) put right, 0 reopened"), "\(said)")
    #expect(seen == listed)
  }
}
