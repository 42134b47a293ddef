import Exceptions
import Testing

/// Rules that are still in force and list nothing any more.
extension LifeTests {
  @Test(
    "a rule that lists nothing any more is named, with how to end what it had open",
    arguments: [
      (1, "1 exception that it had open is not"), (2, "2 exceptions that it had open are not"),
    ])
  func listsNothing(_ count: Int, _ says: String) throws {
    try record(report("2016-01-04", (1...count).map { exception("V\($0)") }), in: path)
    for (asOf, list) in [("2016-01-11", RuleReport.List.none), ("2016-01-18", .drift)] {
      var run = report(asOf, [])
      run.rules[0].list = list
      let told = try record(run, in: path, evidence: { $0.map { _ in .unsettled } })
      let remarks = told.remarks.filter { $0.contains("--accept-removed late-visit") }
      #expect(remarks.map { $0.contains(says) } == (list == .none ? [true] : []))
    }
  }

  @Test(
    "what only a run listed that could not be trusted is not said to be put right",
    arguments: [0, 5])
  func leftOutAfterABadNight(_ shown: Int) throws {
    let open = (0..<shown).map { exception("V\($0)") }
    try record(report("2016-01-04", open), in: path)
    var bad = report("2016-01-11", open + (0..<8).map { exception("W\($0)") })
    bad.faults = [
      FaultReport(
        kind: "missingFile", table: "plans", file: "", line: nil, field: "", message: "Missing.")
    ]
    try record(bad, in: path)
    let told = try record(
      report("2016-01-18", []), in: path, evidence: { $0.map { _ in .leftOut } })
    #expect(told.news?.resolved == shown && told.news?.lapsed == 8)
    #expect(
      told.remarks.filter { $0.contains("are put right because") }
        .map { $0.hasPrefix("late-visit: 5 of the 5 exceptions") } == (shown > 0 ? [true] : []))
  }
}
