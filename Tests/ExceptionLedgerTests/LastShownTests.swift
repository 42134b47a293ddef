import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// What a table that is not whole makes look undone is no news, then or later.
@Suite("Runs that cannot tell what has changed")
struct LastShownTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// Records a run that lists one visit, with the extract of `cutOff` not whole.
  private func run(
    _ asOf: String, _ status: CaseException.Status, due: String = "2016-01-01",
    cutOff: String = "", listsOn days: Set<Weekday> = []
  ) throws -> RunReport {
    let done = status == .late ? "2016-01-03" : ""
    var run = report(asOf, [exception("V1", status: status, due: due, done: done)])
    run.listDays = days
    run.tables.append(
      TableReport(name: "plans", title: "Plans", rows: 10, isPresent: true, isWhole: true))
    for place in run.tables.indices where run.tables[place].name == cutOff {
      run.tables[place].isWhole = false
      run.faults = [
        FaultReport(
          kind: "truncated", table: cutOff, file: "\(cutOff).csv", line: 9, field: "",
          message: "The file ends in the middle of a record.")
      ]
    }
    return try record(run, in: path).forReaders
  }

  struct Nights: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var statuses: [CaseException.Status]
    var due = "2016-01-01"
    /// The table that is cut off in the second run.
    var cutOff = "visits"
    var changes: [ExceptionChange]
  }

  @Test(
    "a run is compared with the last that had the tables of the rule whole",
    arguments: [
      Nights(
        testDescription: "what was done late before is no news",
        statuses: [.late, .overdue, .late], changes: [.new, .same, .same]),
      Nights(
        testDescription: "what was overdue before is no worse",
        statuses: [.overdue, .cannotJudge, .overdue], changes: [.new, .same, .same]),
      Nights(
        testDescription: "it is worse where it has come into a higher age band meanwhile",
        statuses: [.overdue, .cannotJudge, .overdue], due: "2016-01-04",
        changes: [.new, .same, .worse]),
      Nights(
        testDescription: "what has really become worse is told by the run that can tell",
        statuses: [.cannotJudge, .overdue, .overdue], changes: [.new, .same, .worse]),
      Nights(
        testDescription: "an overdue duty grows older on any night",
        statuses: [.overdue, .overdue, .overdue], due: "2016-01-03",
        changes: [.new, .worse, .same]),
      Nights(
        testDescription: "a table that the rule does not read changes nothing",
        statuses: [.late, .overdue, .late], cutOff: "plans", changes: [.new, .worse, .done]),
    ])
  func nights(_ nights: Nights) throws {
    var changes: [ExceptionChange?] = []
    for (number, status) in nights.statuses.enumerated() {
      let told = try run(
        "2016-01-1\(number)", status, due: nights.due, cutOff: number == 1 ? nights.cutOff : "")
      changes.append(told.exceptions[0].change)
    }
    #expect(changes == nights.changes)
  }

  @Test("several such runs in a row say no more than one")
  func inARow() throws {
    _ = try run("2016-01-10", .late)
    for asOf in ["2016-01-11", "2016-01-12", "2016-01-20"] {
      #expect(try run(asOf, .overdue, cutOff: "visits").exceptions[0].change == .same)
    }
    #expect(try run("2016-01-21", .late).exceptions[0].change == .same)
  }

  @Test("lists of such a run are no measure for those after it")
  func listsBefore() throws {
    _ = try run("2016-01-03", .late, listsOn: [.monday])
    _ = try run("2016-01-04", .overdue, cutOff: "visits", listsOn: [.monday])
    _ = try run("2016-01-05", .late, listsOn: [.monday])
    let told = try run("2016-01-06", .late, listsOn: [.monday])
    #expect(told.news?.previous == day("2016-01-04"))
    #expect(told.exceptions[0].change == .same)
  }

  @Test("nor does such a run call worse what the lists before it had as done late")
  func listsSince() throws {
    _ = try run("2016-01-04", .late, listsOn: [.monday])
    _ = try run("2016-01-05", .late, listsOn: [.monday])
    let told = try run("2016-01-06", .overdue, cutOff: "visits", listsOn: [.monday])
    #expect(told.news?.previous == day("2016-01-04"))
    #expect(told.exceptions[0].change == .same)
  }
}
