import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// Children who get other numbers take what they are owed with them.
@Suite("Records that are entered again together")
struct EnteredTogetherTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// Records a run in which whatever is not listed is gone with its child, if it can be judged.
  private func run(
    _ asOf: String, _ listed: [CaseException], isJudged: Bool = true
  ) throws -> RunReport {
    // One more goes on, so that they are not all that have gone.
    var run = report(asOf, listed + [exception("V9")])
    run.rules[0].isEvaluated = isJudged
    let ledger = try ExceptionLedger(forRun: path)
    var told = run
    try ledger.record(
      run, isBackfill: false,
      evidence: { $0.map { _ in Showing(.gone, isChildGone: true) } }
    ) { report, makeLasting in
      told = report
      try makeLasting()
    }
    return told
  }

  /// Overdue visits of six children, due on three days.
  private func overdue(_ letter: String, team: String = "East", _ count: Int = 6) -> [CaseException]
  {
    (0..<count).map {
      exception("\(letter)\($0)", team: team, due: "2016-01-0\($0 / 2 + 1)")
    }
  }

  private func ends(_ told: RunReport) -> [LedgerEntry.End?: Int] {
    Dictionary(grouping: told.news?.ended ?? [], by: \.end).mapValues(\.count)
  }

  @Test(
    "those that another team has under other numbers have not been put right, where they are several",
    arguments: [
      (6, [.lapsed: 6]), (5, [.lapsed: 5, .gone: 1]), (4, [.gone: 6]),
    ] as [(Int, [LedgerEntry.End?: Int])])
  func otherTeam(_ count: Int, _ expected: [LedgerEntry.End?: Int]) throws {
    _ = try run("2016-01-11", overdue("V"))
    let told = try run("2016-01-12", overdue("N", team: "West", count))
    #expect(ends(told) == expected)
    let says = told.remarks.contains {
      $0.hasPrefix("East: \(count) exceptions of records of visits")
    }
    #expect(says == (count > 4))
  }

  @Test("where two teams are one now, each of its new ones stands for one that is gone")
  func twoTeams() throws {
    _ = try run("2016-01-11", overdue("V") + overdue("W", team: "West"))
    let told = try run("2016-01-12", overdue("M") + overdue("N"))
    #expect(ends(told) == [.lapsed: 12])
    let again = try run("2016-01-13", overdue("S"))
    #expect(ends(again) == [.lapsed: 6, .gone: 6])
  }

  @Test("a team of which too few have other numbers takes none from another's")
  func tooFew() throws {
    let east = (0..<10).map {
      exception("E\($0)", team: "East", due: $0 == 0 ? "2016-01-01" : "2015-12-1\($0)")
    }
    func owed(_ letter: String, _ team: String) -> [CaseException] {
      (0..<5).map { exception("\(letter)\($0)", team: team, due: "2016-01-01") }
    }
    _ = try run("2016-01-11", east + owed("W", "West"))
    let told = try run("2016-01-12", owed("N", "North"))
    #expect(ends(told) == [.lapsed: 5, .gone: 10])
  }

  @Test("those that get other numbers on a night that cannot be judged have not been put right")
  func onABadNight() throws {
    _ = try run("2016-01-11", overdue("V"))
    let night = try run("2016-01-12", overdue("N"), isJudged: false)
    #expect(night.news?.unsettled.count == 6)
    #expect(ends(try run("2016-01-13", overdue("N"))) == [.lapsed: 6])
  }

  @Test("what was listed before they went is no other number of theirs")
  func before() throws {
    _ = try run("2016-01-11", overdue("V") + overdue("N"))
    #expect(ends(try run("2016-01-12", overdue("N"))) == [.gone: 6])
  }

  @Test("what has no due day is told where as many are listed of others", arguments: [5, 4])
  func undated(_ count: Int) throws {
    func failed(_ letter: String, _ count: Int) -> [CaseException] {
      (0..<count).map { exception("\(letter)\($0)", rule: "other", status: .failed, due: "") }
    }
    _ = try run("2016-01-11", failed("V", 5))
    let told = try run("2016-01-12", failed("N", count))
    #expect(ends(told) == [.gone: 5])
    let says = told.remarks.contains { $0.hasPrefix("other: 5 exceptions have ended") }
    #expect(says == (count == 5))
  }
}
