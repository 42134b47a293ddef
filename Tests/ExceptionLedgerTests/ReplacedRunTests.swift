import ExceptionLedger
import Exceptions
import Foundation
import Testing
import WorkingTime

/// A run made again on its own day with extracts that are worse: what the first one knew is not forgotten.
@Suite("A run that is replaced")
struct ReplacedRunTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// A run whose table of visits was cut, as the guard marks it.
  private func cut(_ asOf: String, _ exceptions: [CaseException] = []) -> RunReport {
    var run = report(asOf, exceptions)
    run.tables[0].rows = 2
    run.tables[0].isWhole = false
    run.faults = [
      FaultReport(
        kind: "shrunk", table: "visits", file: "", line: nil, field: "", message: "Cut.")
    ]
    return run
  }

  @Test("what it opened stays open where the new one cannot judge it", arguments: [1, 3])
  func staysOpen(_ times: Int) throws {
    try record(report("2016-01-04", [exception("V1"), exception("V2")]), in: path)
    for _ in 0..<times {
      let again = try record(cut("2016-01-04", [exception("V2")]), in: path)
      #expect(again.news?.unsettled.map(\.key.record) == ["V1"])
      #expect(again.news?.unsettled.map(\.doubt) == [.notEvaluated])
      #expect(again.news?.teams.first?.unsettled == 1)
    }
    #expect(try LedgerCheck(of: path).open == 2)
    let next = try record(report("2016-01-11", [exception("V1")]), in: path)
    #expect(next.exceptions[0].firstSeenDay == day("2016-01-04"))
    #expect(next.exceptions[0].runsOpen == 2)
    #expect(next.news?.ended.map(\.key.record) == ["V2"])
  }

  @Test("what the new one finds in order is as if it had never been")
  func goes() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let again = try record(report("2016-01-04", []), in: path)
    #expect(again.news?.unsettled.isEmpty == true)
    #expect(try LedgerCheck(of: path).open == 0)
    #expect(try LedgerHistory(of: path, LedgerHistory.Question()).all.opened == 0)
  }

  @Test("later extracts are held against what it read whole, not against what was cut")
  func baseline() throws {
    try record(report("2016-01-04", []), in: path)
    try record(cut("2016-01-04"), in: path)
    try record(cut("2016-01-04"), in: path)
    let before = try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11"))
    #expect(before.rows == ["visits": 10])
    #expect(before.present == ["visits"])

    var missing = report("2016-01-04", [])
    missing.tables[0].isPresent = false
    missing.tables[0].isWhole = false
    try record(missing, in: path)
    #expect(
      try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11")).present == ["visits"])

    // A whole one of the day replaces all of that.
    var whole = report("2016-01-04", [])
    whole.tables[0].rows = 7
    try record(whole, in: path)
    let after = try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11"))
    #expect(after.rows == ["visits": 7])
  }

  @Test("filling in a run before it leaves what it could not judge open")
  func backfill() throws {
    try record(report("2016-01-11", [exception("V1")]), in: path)
    try record(cut("2016-01-11"), in: path)
    try record(report("2016-01-04", []), in: path, backfill: true)
    #expect(try LedgerCheck(of: path).open == 1)
    let next = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(next.exceptions[0].firstSeenDay == day("2016-01-11"))
  }

  @Test(
    "in order only where no record that was read before could show otherwise",
    arguments: [(rejected: 0, least: 0, open: 0), (3, 3, 0), (1, 0, 1), (4, 3, 1)])
  func rejected(_ rejected: Int, _ least: Int, _ open: Int) throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    var next = report("2016-01-11", [])
    next.tables[0].rejected = rejected
    next.tables[0].leastRejected = least
    next.rules[0].comparesWith = ["visits"]
    var input = InputReport(path: "visits.csv", table: "visits")
    input.rowsRejected = rejected
    input.rejects = (0..<rejected).map { number in
      var record = RejectReport(line: number, reason: "", text: "V7,P-V1,2016,")
      record.isPart = false
      return record
    }
    next.inputs = [input]
    let told = try record(next, in: path)
    #expect(told.news?.unsettled.compactMap(\.doubt).count == open)
    #expect(told.news?.unsettled.allSatisfy { $0.doubt == .perhapsRejected } == true)
    #expect(told.news?.ended.count == 1 - open)
    // Nor is one concerned by what is another child's, but for what may be anybody's.
    for (text, isPart, stays) in [("V7,P-V2,2016,", false, false), ("V7", true, true)] {
      var others = next
      for place in others.inputs[0].rejects.indices {
        others.inputs[0].rejects[place].text = text
        others.inputs[0].rejects[place].isPart = isPart
      }
      #expect(try record(others, in: path).news?.unsettled.count == (stays ? open : 0))
    }
    // A rule that looks at nothing but its record is not concerned.
    next.rules[0].comparesWith = []
    #expect(try record(next, in: path).news?.ended.count == 1)
    let kept = try ExceptionLedger(forRun: path).baseline(before: day("2016-01-18"))
    #expect(kept.leastRejected == ["visits": least])
  }
}
