import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// Runs each night from a Monday on, whose lists are sent on Mondays, and teams that come and go.
@Suite("What teams are told that get their lists once a week")
struct ListsOfTeamsTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// Records a run and returns it as its readers see it.
  @discardableResult
  private func run(
    _ asOf: String, _ listed: [CaseException], evidence: Evidence = .inOrder,
    _ change: (inout RunReport) -> Void = { _ in }
  ) throws -> RunReport {
    var run = report(asOf, listed)
    run.listDays = [.monday]
    change(&run)
    return try record(run, in: path, evidence: { $0.map { _ in evidence } }).forReaders
  }

  private func team(_ name: String, of run: RunReport) -> TeamStanding? {
    run.news?.teams.first { $0.team == .named(name) }
  }

  @Test("what moved and was put right is told to those who had it, as theirs")
  func movedAndPutRight() throws {
    var agreed = exception("V2")
    agreed.list = .waived
    try run("2016-01-04", [exception("V1", worker: "W1"), exception("V2")])
    try run("2016-01-05", [exception("V1", team: "West", worker: "W2"), agreed])
    for asOf in ["2016-01-06", "2016-01-11"] {
      let told = try run(asOf, [])
      let ended = try #require(told.news).ended
      #expect(ended.map(\.key.record) == ["V1", "V2"])
      #expect(ended.map(\.team) == [.named("East"), .named("East")])
      #expect(ended.map(\.worker) == ["W1", "W1"] && ended.map(\.list) == [.drift, .drift])
      // East had two and has none; at West one came and was put right between the lists.
      #expect(team("East", of: told)?.movedOut == 0 && team("East", of: told)?.passing == 0)
      #expect(team("West", of: told)?.movedIn == 0 && team("West", of: told)?.passing == 1)
    }
  }

  @Test("what moved and then could not be judged is on another team's list, and so is told")
  func movedAndNotJudged() throws {
    try run("2016-01-04", [exception("V1")])
    try run("2016-01-05", [exception("V1", team: "West")])
    let told = try run("2016-01-06", [], evidence: .unsettled)
    #expect(team("East", of: told)?.movedOut == 1)
    #expect(team("West", of: told)?.movedIn == 1 && team("West", of: told)?.unsettled == 1)
  }

  @Test("a team that has another name by now is told where its exceptions went")
  func renamed() throws {
    try run("2016-01-04", [exception("V1"), exception("V2")])
    let moved = ["V1", "V2"].map { exception($0, team: "North") }
    for asOf in ["2016-01-05", "2016-01-06", "2016-01-11"] {
      let told = try run(asOf, moved) { $0.teams = [.named("North"), .named("West")] }
      #expect(team("East", of: told)?.movedOut == 2)
      #expect(told.news?.teams.map(\.team.shown) == ["East", "North", "West"])
      #expect(told.news?.moved == 2)
      // In the night of the change itself the ledger compares with the last run.
      let isLost = told.news?.teamsLost.contains(.named("East")) ?? false
      #expect(isLost == (asOf != "2016-01-05"))
    }
    let next = try run("2016-01-12", moved) { $0.teams = [.named("North"), .named("West")] }
    #expect(team("East", of: next) == nil)
  }

  @Test("a team of which nothing is judged any more is told so, though nothing of it was open")
  func lost() throws {
    func judge(_ teams: [String], _ run: inout RunReport) {
      run.teams = teams.map { .named($0) }
      var counts = VerdictCounts()
      counts.met = 10
      run.measures = teams.map {
        Measure(
          rule: "other", pack: "", scope: .team(.named($0)), counts: counts, percent: "100.0",
          target: "", rag: nil)
      }
    }
    try run("2016-01-04", []) { judge(["East", "West"], &$0) }
    for asOf in ["2016-01-05", "2016-01-06", "2016-01-11"] {
      let told = try run(asOf, []) { judge(["West"], &$0) }
      #expect(told.news?.teamsLost == [.named("East")], "\(asOf)")
    }
    let next = try run("2016-01-12", []) { judge(["West"], &$0) }
    #expect(next.news?.teamsLost == [])
  }

  @Test("the figures of all teams are of the time since the lists, as those of each team are")
  func figures() throws {
    let old = exception("V1", due: "2015-01-01")
    let back = exception("V2", due: "2015-01-01")
    try run("2016-01-03", [old, back])
    try run("2016-01-04", [old])
    try run("2016-01-05", [old, back, exception("V3", due: "2015-01-01")])
    let told = try run("2016-01-06", [old, back, exception("V3", due: "2015-01-01")])
    #expect(told.news?.opened == 1 && told.news?.reopened == 1 && told.news?.moved == 0)
  }

  @Test("a visit that has another number since the lists is not done for that")
  func otherNumbers() throws {
    let overdue = exception("V1", due: "2016-03-20", occasion: 3)
    let entered = exception(
      "V1", status: .late, due: "2016-02-17", done: "2016-02-20", occasion: 3)
    let still = exception("V1", due: "2016-03-20", occasion: 4)
    try run("2016-04-04", [overdue])
    try run("2016-04-05", [entered, still])
    let told = try run("2016-04-06", [entered, still])
    // The visit is the new one, and the duty goes on.
    #expect(told.exceptions.map(\.change) == [.new, .same])
    #expect(told.news?.opened == 1 && told.news?.ended.isEmpty == true)
  }

  @Test("rules that changed before lists of a run that could not be trusted are said to be others")
  func otherRules() throws {
    try run("2016-01-03", []) { $0.rulesDigest = "before" }
    try run("2016-01-04", []) {
      $0.faults = [
        FaultReport(
          kind: "missingFile", table: "x", file: "", line: nil, field: "", message: "Missing.")
      ]
    }
    try run("2016-01-05", [])
    #expect(try run("2016-01-06", []).news?.hasOtherRules == true)
    try run("2016-01-11", [])
    try run("2016-01-12", [])
    #expect(try run("2016-01-13", []).news?.hasOtherRules == false)
  }
}
