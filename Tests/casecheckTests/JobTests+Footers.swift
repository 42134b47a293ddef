import Foundation
import TestSupport
import Testing

/// What the job says of footers that other files of the run, or the run before, explain.
extension JobTests {
  /// Gives tables footers, besides what their definitions say.
  private func allowFooters(_ scratch: ScratchFolder) throws {
    let rules = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
    let dialect = "dialect: {footer: [\"Total*\", \"*rows affected*\"]}"
    try scratch.write(
      rules.replacing("mayBeEmpty: true", with: "mayBeEmpty: true\n\(dialect)")
        .replacing("required: true\nprimaryKey", with: "required: true\n\(dialect)\nprimaryKey"),
      to: "rules/all.yaml")
  }

  /// Writes visits under their headings, and a footer where one is given.
  private func visits(
    _ scratch: ScratchFolder, in file: String, _ rows: some Collection<String>,
    _ footer: String = ""
  ) throws {
    let lines = ["Visit ID,Person ID,Planned,Visited"] + rows + (footer.isEmpty ? [] : [footer])
    try scratch.write(lines.map { $0 + "\n" }.joined(), to: "extracts/\(file).csv")
  }

  private func people(_ scratch: ScratchFolder, total: Int) throws {
    let rows = (1...10).map { "\($0),Name \($0),\($0 < 6 ? "East" : "West"),W\($0)\n" }
    try scratch.write(
      "Person ID,Name,Team,Worker\n\(rows.joined())Total: \(total)\n", to: "extracts/people.csv")
  }

  @Test(
    "a bare total that says more than was read is a fault where those of the others count records",
    arguments: [
      // The total of the people, and whether the visits in the west have one.
      (10, true, true), (10, false, false), (9, true, false), (90, false, false),
    ])
  func bareTotals(_ ofPeople: Int, _ hasThird: Bool, _ isFault: Bool) throws {
    let scratch = try job()
    try allowFooters(scratch)
    let rows = ["V1,1,04/01/2016,", "V2,2,04/01/2016,05/01/2016"]
    let west = (3...7).map { "V\($0),6,04/01/2016,05/01/2016" }
    try people(scratch, total: ofPeople)
    try visits(scratch, in: "visits", rows, "Total: 2")
    try visits(scratch, in: "visits_west", west, hasThird ? "Total: 5" : "")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, in: "visits", rows.dropFirst(), "Total: 2")
    let cut = try run(scratch, "2016-01-21")
    #expect((cut.status == 3) == isFault, "\(cut.errors)")
    #expect(
      cut.errors.contains(
        "visits.csv: its footer says 2 in total, and 1 record was read, where the totals of the other extracts count their records"
      ) == isFault, "\(cut.errors)")
    let remark = "visits.csv: a footer says 2 in total, and 1 record was read. If it counts records"
    #expect(cut.errors.contains(remark) != isFault, "\(cut.errors)")
    #expect(
      cut.output.contains("still open, not evaluated: 1 exception of visit-in-time") == isFault)
  }

  @Test("an export that is split into parts, the last of which has the footer of all, is whole")
  func footerOfAllParts() throws {
    let scratch = try job()
    try allowFooters(scratch)
    let rows = (1...9).map { "V\($0),1,04/01/2016,\($0 == 1 ? "" : "05/01/2016")" }
    try visits(scratch, in: "visits", rows, "(9 rows affected)")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    try visits(scratch, in: "visits_1", rows.prefix(5))
    try visits(scratch, in: "visits_2", rows.suffix(4), "(9 rows affected)")
    for asOf in ["2016-01-21", "2016-01-21", "2016-01-22"] {
      let split = try run(scratch, asOf)
      #expect(split.status == 1, "\(asOf): \(split.errors)")
      #expect(!split.errors.contains("footer"), "\(asOf): \(split.errors)")
    }
    try visits(scratch, in: "visits_1", rows.prefix(5).dropFirst())
    let cut = try run(scratch, "2016-01-23")
    #expect(cut.status == 3)
    #expect(cut.errors.contains("its footer counts 9 rows, and 4 records were read"))
    #expect(cut.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
  }

  @Test("a footer that counts fewer records than the one that was read is told")
  func footerOfNone() throws {
    let scratch = try job()
    try allowFooters(scratch)
    try visits(scratch, in: "visits", ["V1,1,04/01/2016,05/01/2016"], "(0 rows affected)")
    let told = try run(scratch, "2016-01-20")
    #expect(
      told.errors.contains("its footer counts 0 rows, and 1 record was read."), "\(told.errors)")
  }

  @Test(
    "a footer that one of a table's files has lost is told, though the last has one",
    arguments: [("visits", "visits_2"), ("visits_1", "visits_2")])
  func lostByOne(_ first: String, _ last: String) throws {
    let scratch = try job()
    try allowFooters(scratch)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    let rows = (1...9).map { "V\($0),1,04/01/2016,\($0 == 5 ? "" : "05/01/2016")" }
    try visits(scratch, in: first, rows.prefix(5), "(5 rows affected)")
    try visits(scratch, in: last, rows.suffix(4), "(4 rows affected)")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, in: first, rows.prefix(4))
    let cut = try run(scratch, "2016-01-21")
    #expect(cut.status == 3)
    #expect(cut.errors.contains("visits ended in a footer, and now it does not"), "\(cut.errors)")
    #expect(cut.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
  }
  @Test("a footer that stood in the last of ten parts or more, and is gone, may be cut off")
  func footerOfTheLast() throws {
    let scratch = try job()
    try allowFooters(scratch)
    func parts(_ footer: String) throws {
      for part in 1...11 {
        let rows = (1...2).map { "V\(part)_\($0),1,04/01/2016,05/01/2016" }
        try visits(scratch, in: "visits_\(part)", rows, part == 11 ? footer : "")
      }
    }
    try visits(scratch, in: "visits", [])
    for (night, footer) in ["(22 rows affected)", "(22 rows affected)", ""].enumerated() {
      try parts(footer)
      let outcome = try run(scratch, "2016-01-2\(night)")
      #expect(outcome.status == [0, 0, 3][night], "\(outcome.errors)")
      #expect(
        outcome.errors.contains("visits ended in a footer, and now it does not") == (night == 2),
        "\(outcome.errors)")
    }
  }
}
