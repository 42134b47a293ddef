import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// Runs each night from a Monday on, whose lists are sent on Mondays.
@Suite("What has changed since the lists that were sent last")
struct ListNewsTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// Records a run and returns it as its readers see it.
  private func run(
    _ asOf: String, _ listed: [CaseException], rules: String = "d",
    on days: Set<Weekday> = [.monday]
  ) throws -> RunReport {
    var run = report(asOf, listed)
    run.listDays = days
    run.rulesDigest = rules
    return try record(run, in: path).forReaders
  }

  private func changes(_ run: RunReport) -> [String: ExceptionChange] {
    Dictionary(uniqueKeysWithValues: run.exceptions.map { ($0.recordID, $0.change ?? .same) })
  }

  @Test("a change of any night of the week is told with the next lists, and each night until then")
  func week() throws {
    let old = exception("V1", due: "2015-01-01")
    let due = exception("V2", due: "2015-02-01")
    let late = exception("V2", status: .late, due: "2015-02-01", done: "2016-01-05")
    let moving = exception("V3", due: "2015-01-01")
    let moved = exception("V3", team: "West", due: "2015-01-01")
    let new = exception("V4", due: "2015-12-01")
    let mended = exception("V5", due: "2015-01-01")
    let passing = exception("V6", due: "2015-12-01")
    var agreed = exception("V7", due: "2015-01-01")
    agreed.list = .waived
    let unwaived = exception("V7", due: "2015-01-01")
    _ = try run("2016-01-04", [old, due, moving, mended, agreed])
    _ = try run("2016-01-05", [old, late, moved, new, passing, mended, agreed])
    for asOf in ["2016-01-06", "2016-01-10", "2016-01-11"] {
      let told = try run(asOf, [old, late, moved, new, unwaived])
      #expect(told.news?.previous == day("2016-01-04"))
      #expect(
        changes(told) == ["V1": .same, "V2": .done, "V3": .moved, "V4": .new, "V7": .unwaived])
      #expect(told.news?.ended.map(\.key.record) == ["V5"])
      let teams = told.news?.teams.reduce(into: [:]) { $0[$1.team.shown] = $1 } ?? [:]
      #expect(teams["East"]?.movedOut == 1 && teams["West"]?.movedIn == 1)
      #expect(teams["East"]?.passing == 1 && teams["West"]?.passing == 0)
      #expect(teams["East"]?.week == nil)
    }
    let next = try run("2016-01-12", [old, late, moved, new, unwaived])
    #expect(next.news?.previous == day("2016-01-11"))
    #expect(Set(changes(next).values) == [.same])
    #expect(next.news?.ended.isEmpty == true)
  }

  @Test("lists that were sent in the place of a missed day are those that readers had")
  func madeUp() throws {
    _ = try run("2016-01-04", [])
    _ = try run("2016-01-08", [exception("V1")])
    // There was no run on Monday, so these lists are the first that readers get.
    let madeUp = try run("2016-01-12", [exception("V1")])
    #expect(madeUp.news?.previous == day("2016-01-04"))
    #expect(changes(madeUp) == ["V1": .new])
    let next = try run("2016-01-13", [exception("V1"), exception("V2")])
    #expect(next.news?.previous == day("2016-01-12"))
    #expect(changes(next) == ["V1": .same, "V2": .new])
  }

  @Test("what is back, and what became worse before it was seen again, is told as that")
  func reopened() throws {
    let worse = exception("V2", due: "2015-12-20")
    _ = try run("2016-01-04", [exception("V1"), worse])
    _ = try run("2016-01-05", [worse])
    _ = try run("2016-01-10", [worse, exception("V1")])
    _ = try run("2016-01-11", [worse])
    _ = try run("2016-01-17", [exception("V1"), worse])
    let told = try run("2016-01-18", [exception("V1"), worse])
    #expect(changes(told) == ["V1": .reopened, "V2": .worse])
  }

  @Test("rules that were others at any time since are said to be others")
  func rules() throws {
    for (asOf, rules) in [("2016-01-04", "a"), ("2016-01-06", "b")] {
      _ = try run(asOf, [], rules: rules)
    }
    _ = try run("2016-01-07", [], rules: "b")
    #expect(try run("2016-01-11", [], rules: "b").news?.hasOtherRules == true)
    #expect(try run("2016-01-12", [], rules: "b").news?.hasOtherRules == false)
  }

  @Test("where every run's lists are sent, or none were yet, a run is compared with the last")
  func everyRun() throws {
    _ = try run("2016-01-05", [])
    _ = try run("2016-01-06", [exception("V1")])
    #expect(try run("2016-01-07", [exception("V1")]).news?.previous == day("2016-01-06"))
    let told = try run("2016-01-12", [exception("V1"), exception("V2")], on: [])
    #expect(told.news?.previous == day("2016-01-07"))
    #expect(changes(told) == ["V1": .worse, "V2": .new])
  }
}
