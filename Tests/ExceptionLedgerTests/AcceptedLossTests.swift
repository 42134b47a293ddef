import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// What somebody has accepted that a table has lost is not put right, whichever run finds it gone.
@Suite("A loss that was accepted")
struct AcceptedLossTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// Records a run that finds all gone that it does not list.
  private func run(
    _ asOf: String, _ listed: [String], accepts: Bool = false, isJudged: Bool = true
  ) throws -> RunReport {
    var run = report(asOf, listed.map { exception($0) })
    run.rules[0].isEvaluated = isJudged
    if accepts { run.tablesWithAcceptedLosses = ["visits"] }
    return try record(run, in: path, evidence: { $0.map { _ in .gone } })
  }

  @Test(
    "what was away in the run that accepted it lapses in the run that can tell",
    arguments: [(true, LedgerEntry.End.lapsed), (false, .gone)])
  func lapses(_ accepts: Bool, _ end: LedgerEntry.End) throws {
    _ = try run("2016-01-04", ["V1", "V2", "V8", "V9"])
    let night = try run("2016-01-05", [], accepts: accepts, isJudged: false)
    #expect(night.news?.unsettled.count == 4)
    let next = try run("2016-01-06", ["V8", "V9"])
    #expect(next.news?.ended.map(\.key.record) == ["V1", "V2"])
    #expect(next.news?.ended.map(\.end) == [end, end])
    // What a run has listed since goes by itself.
    let last = try run("2016-01-07", ["V9"])
    #expect(last.news?.ended.map(\.end) == [.gone])
  }

  @Test(
    "what a rule found by what is lost is not put right by that",
    arguments: [
      // What is shown, the tables whose other records the rule looks for, and how it ends.
      (.inOrder, ["referrals"], .lapsed), (.leftOut, ["referrals"], .lapsed),
      (.inOrder, ["people"], .corrected), (.leftOut, [], .leftOut),
      // What was waited for is there: no loss can show that.
      (.done, ["referrals"], .corrected),
    ] as [(Evidence, [String], LedgerEntry.End)])
  func lossOfOthers(_ evidence: Evidence, _ compared: [String], _ end: LedgerEntry.End) throws {
    func night(_ asOf: String, accepts: Bool) throws -> RunReport {
      var night = report(asOf, [exception("V9")])
      for place in night.rules.indices { night.rules[place].comparesWith = compared }
      if accepts { night.tablesWithAcceptedLosses = ["referrals"] }
      return try record(night, in: path, evidence: { $0.map { _ in evidence } })
    }
    try record(report("2016-01-04", [exception("V1"), exception("V9")]), in: path)
    let told = try night("2016-01-05", accepts: true)
    #expect(told.news?.ended.map(\.end) == [end])
    try record(report("2016-01-06", [exception("V1"), exception("V9")]), in: path)
    let later = try night("2016-01-07", accepts: false)
    #expect(later.news?.ended.allSatisfy { $0.end?.isPutRight == true } == true)
  }

  @Test("what went unlisted after the run that accepted a loss is put right as ever")
  func later() throws {
    _ = try run("2016-01-04", ["V1", "V9"])
    _ = try run("2016-01-05", ["V1", "V9"], accepts: true)
    _ = try run("2016-01-06", [], isJudged: false)
    let told = try run("2016-01-07", ["V9"])
    #expect(told.news?.ended.map(\.end) == [.gone])
  }
}
