import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

@Suite("Extracts that earlier runs have read")
struct KnownExtractTests {
  private let scratch = Scratch()
  private var path: String { scratch.file("l.sqlite") }

  /// Records a run that read a file of visits and one of people.
  private func run(
    _ asOf: String, visits: String, people: String, rows: Int = 10, isWhole: Bool = true,
    isAccepted: Bool = false
  ) throws {
    var run = report(asOf, [])
    run.tables[0].isWhole = isWhole
    run.tables.append(
      TableReport(name: "people", title: "People", rows: 10, isPresent: true, isWhole: true))
    run.inputs = [("visits", visits, rows), ("people", people, 10)].map { table, digest, rows in
      var input = InputReport(path: table + ".csv", table: table)
      input.sha256 = digest
      input.rowsChecked = rows
      return input
    }
    if isAccepted { run.tablesWithAcceptedLosses = ["visits"] }
    try record(run, in: path)
  }

  private func baseline(_ asOf: String) throws -> LedgerBaseline {
    let ledger = try ExceptionLedger(forRun: path)
    defer { ledger.close() }
    return try ledger.baseline(before: day(asOf))
  }

  private let old = ExtractDigests(sha256: "a", recordSum: "")

  @Test("a file that stays is known by the runs that had it while another table was new")
  func kept() throws {
    try run("2016-01-04", visits: "a", people: "1")
    try run("2016-01-05", visits: "b", people: "2")
    try run("2016-01-06", visits: "a", people: "3", isWhole: false)
    try run("2016-01-07", visits: "a", people: "3", isWhole: false)
    try run("2016-01-08", visits: "a", people: "1", isWhole: false)
    try run("2016-01-09", visits: "a", people: "4", isWhole: false)
    let before = try baseline("2016-01-10")
    func kept(_ baseline: LedgerBaseline, _ count: Int, asTable table: String = "visits") -> String?
    {
      baseline.kept(old, asTable: table, besidesNewInRuns: count)?.description
    }
    #expect(kept(before, 1) == "2016-01-09")
    #expect(kept(before, 2) == "2016-01-06", "neither the same people are new, nor older ones")
    #expect(kept(before, 3) == nil, "the run of 5 January had other visits")
    #expect(kept(before, 1, asTable: "people") == nil)
    try run("2016-01-10", visits: "a", people: "5", isWhole: false)
    #expect(try kept(baseline("2016-01-11"), 3) == "2016-01-06")
    try run("2016-01-11", visits: "c", people: "6")
    #expect(try kept(baseline("2016-01-12"), 1) == nil)
  }

  @Test("what stood in the place of a file is that of the last run that had its table whole")
  func former() throws {
    try run("2016-01-04", visits: "a", people: "1", rows: 30)
    #expect(try baseline("2016-01-05").wholeRunBeforeLast(ofTable: "visits") == nil)
    try run("2016-01-05", visits: "b", people: "2", rows: 25)
    try run("2016-01-06", visits: "c", people: "3", rows: 5, isWhole: false)
    let before = try baseline("2016-01-07")
    #expect(before.filesWhenWhole["visits"] == [FileRows(path: "visits.csv", rows: 25)])
    #expect(before.wholeRunBeforeLast(ofTable: "visits") == day("2016-01-04"))
    #expect(before.wholeRunBeforeLast(ofTable: "people") == day("2016-01-05"))
    try run("2016-01-07", visits: "d", people: "4", rows: 5, isAccepted: true)
    let accepted = try baseline("2016-01-08")
    #expect(accepted.wholeRunBeforeLast(ofTable: "visits") == nil, "the loss was meant")
    #expect(accepted.wholeRunBeforeLast(ofTable: "people") == day("2016-01-06"))
  }
}
