import ExceptionLedger
import Exceptions
import Foundation
import Testing
import Values
import WorkingTime

/// A run repeated for the same day with worse extracts must not forget what the first one knew.
@Suite("A run that is replaced")
struct ReplacedRunTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// A run whose table of visits was cut short, marked as the guard marks it.
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
    #expect(next.exceptions[0].firstSeen == day("2016-01-04"))
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

  @Test("a child's number that only the run it replaces found is forgotten")
  func renamed() throws {
    func of(_ person: String) -> [CaseException] {
      var exception = exception("V1")
      exception.personID = person
      return [exception]
    }
    try record(report("2016-01-04", of("P1")), in: path)
    try record(report("2016-01-11", of("P2")), in: path)
    try record(report("2016-01-18", of("P3")), in: path)
    // The run before the last is made again; what the last one found stays as it was.
    try record(report("2016-01-11", of("P4")), in: path, backfill: true)
    let third = try record(cut("2016-01-18"), in: path)
    #expect(third.news?.unsettled.map(\.personID) == ["P4"])
    let again = try record(cut("2016-01-11"), in: path, backfill: true)
    #expect(again.news?.unsettled.map(\.personID) == ["P1"])
    let last = try record(report("2016-01-25", []), in: path)
    #expect(last.news?.ended.map(\.personID) == ["P1"])
  }

  @Test("later extracts are held against what it read whole, not against what was cut")
  func baseline() throws {
    try record(report("2016-01-04", []), in: path)
    try record(cut("2016-01-04"), in: path)
    try record(cut("2016-01-04"), in: path)
    let before = try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11"))
    #expect(before.whole.mapValues(\.rows) == ["visits": 10])
    #expect(before.present == ["visits"])

    var missing = report("2016-01-04", [])
    missing.tables[0].isPresent = false
    missing.tables[0].isWhole = false
    try record(missing, in: path)
    #expect(
      try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11")).present == ["visits"])

    // A whole run of the same day replaces all of that.
    var whole = report("2016-01-04", [])
    whole.tables[0].rows = 7
    try record(whole, in: path)
    let after = try ExceptionLedger(forRun: path).baseline(before: day("2016-01-11"))
    #expect(after.whole.mapValues(\.rows) == ["visits": 7])
  }

  @Test("filling in a run before it leaves what it could not judge open")
  func backfill() throws {
    try record(report("2016-01-11", [exception("V1")]), in: path)
    try record(cut("2016-01-11"), in: path)
    try record(report("2016-01-04", []), in: path, backfill: true)
    #expect(try LedgerCheck(of: path).open == 1)
    let next = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(next.exceptions[0].firstSeen == day("2016-01-11"))
  }

  /// A run that lists these visits and could not read the records with these texts.
  private func run(
    _ day: String, listing visits: [String], unread texts: [String] = [], isPart: Bool = false,
    comparing: [String] = ["visits"], anybodys: [String] = []
  ) -> RunReport {
    var run = report(day, visits.map { exception($0) })
    run.rules[0].comparesWith = comparing
    run.rules[0].comparesWithAnybodys = anybodys
    var rows = run.rules[1]
    (rows.name, rows.kind) = ("visits.row", .constraint)
    run.rules.append(rows)
    var input = InputReport(path: "visits.csv", table: "visits")
    input.rowsRejected = texts.count
    for (number, text) in texts.enumerated() {
      input.rejects.append(
        RejectedRecord(line: 10 + number, reason: "", text: text, isPart: isPart))
      var row = exception("line:\(10 + number)", rule: "visits.row")
      row.sourceFile = "visits.csv"
      row.sourceLine = 10 + number
      row.personID = ""
      row.contents = text
      run.exceptions.append(row)
    }
    run.inputs = [input]
    return run
  }

  private func openVisits(_ told: RunReport) -> [LedgerEntry.Doubt?] {
    (told.news?.unsettled ?? []).filter { $0.key.rule != "visits.row" }.map(\.doubt)
  }

  @Test("in order only where no record that was read when it was listed may show otherwise")
  func unread() throws {
    let own = "V7,P-V1,2016,"
    try record(run("2016-01-04", listing: ["V1"], unread: ["V9,P-V1,2016,"]), in: path)
    // V7 could be read when V1 was listed, so V1 stays open for as long as V7 cannot be read.
    for day in ["2016-01-11", "2016-01-18"] {
      let told = try record(run(day, listing: [], unread: [own]), in: path)
      #expect(openVisits(told) == [.perhapsRejected])
    }
    let told = try record(run("2016-01-25", listing: [], unread: []), in: path)
    #expect(openVisits(told).isEmpty)
    #expect(told.news?.ended.contains { $0.end == .corrected } == true)
  }

  @Test("what could not be read when it was listed did not show it")
  func unreadBefore() throws {
    try record(run("2016-01-04", listing: ["V1"], unread: ["V7,P-V1,2016,"]), in: path)
    let told = try record(run("2016-01-11", listing: [], unread: ["V7,P-V1,2016,"]), in: path)
    #expect(openVisits(told).isEmpty)
  }

  @Test(
    "another child's record concerns one only where any may count",
    arguments: [
      ("V7,P-V2,2016,", false, [], 0), ("V7", true, [], 1), ("V7,P-V2,2016,", false, ["visits"], 1),
    ] as [(String, Bool, [String], Int)])
  func strangers(_ text: String, _ isPart: Bool, _ anybodys: [String], _ open: Int) throws {
    try record(run("2016-01-04", listing: ["V1"]), in: path)
    let next = run(
      "2016-01-11", listing: [], unread: [text], isPart: isPart, anybodys: anybodys)
    #expect(openVisits(try record(next, in: path)).count == open)
    // A rule that looks at nothing but its own record is not concerned either.
    var alone = next
    alone.rules[0].comparesWith = []
    #expect(openVisits(try record(alone, in: path)).isEmpty)
  }
}
