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
}
