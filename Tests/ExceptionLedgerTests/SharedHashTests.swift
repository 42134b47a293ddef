import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

@Suite("Keys that share a hash")
struct SharedHashTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test("several rules on one record go on each by itself, although their keys share a hash")
  func ofOneRecord() throws {
    // A key's hash does not tell rules with names of one length apart.
    let rules = (1...5).map { "rule-\($0)" }
    func found(_ rules: [String]) -> [CaseException] { rules.map { exception("V1", rule: $0) } }
    func report(_ asOf: String, _ found: [CaseException]) -> RunReport {
      var report = ExceptionLedgerTests.report(asOf, found)
      report.rules = rules.map { name in
        RuleReport(
          name: name, title: "", why: "", source: "", pack: "", table: "visits", kind: .deadline,
          fix: "", judgedNothing: "")
      }
      return report
    }
    try record(report("2016-01-04", found(Array(rules.prefix(4)))), in: path)
    try record(report("2016-01-11", found(Array(rules.dropFirst()))), in: path)
    let third = try record(report("2016-01-18", found(rules)), in: path)
    #expect(third.exceptions.map(\.runsOpen) == [2, 3, 3, 3, 2])
    #expect(
      third.exceptions.map { $0.firstSeen?.description } == Array(
        repeating: "2016-01-04", count: 4) + ["2016-01-11"])
    #expect(third.exceptions[0].change == .reopened)
    #expect(third.exceptions[4].change != .new)
  }
}
