import ExceptionLedger
import Exceptions
import Foundation
import Testing
import Values
import WorkingTime

@Suite("An exception's life")
struct LifeTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test("it is first seen once, and counts its runs")
  func goesOn() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    try record(report("2016-01-11", [exception("V1")]), in: path)
    let third = try record(report("2016-01-18", [exception("V1"), exception("V2")]), in: path)
    #expect(third.exceptions.map { $0.firstSeen?.description } == ["2016-01-04", "2016-01-18"])
    #expect(third.exceptions.map(\.runsOpen) == [3, 1])
    #expect(third.exceptions.map(\.change) == [.worse, .new])
    #expect(third.news?.previous == day("2016-01-11"))
  }

  @Test("it stays the same when message, worker, file, line or team change")
  func staysTheSame() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    var changed = exception("V1", team: "West", worker: "W2")
    changed.message = "Other words."
    changed.sourceFile = "other.csv"
    changed.sourceLine = 99
    let second = try record(report("2016-01-11", [changed]), in: path)
    #expect(second.exceptions[0].firstSeen == day("2016-01-04"))
    #expect(second.news?.moved == 1)
    #expect(second.news?.opened == 0)
  }

  @Test("a record without a key is known by what stands in it, not by its line")
  func unkeyed() throws {
    func unkeyed(_ line: Int, _ value: String) -> CaseException {
      var exception = exception("line:\(line)", rule: "other", status: .failed)
      exception.personID = "P"
      exception.contents = value
      exception.sourceLine = line
      return exception
    }
    try record(report("2016-01-04", [unkeyed(2, "a"), unkeyed(7, "b")]), in: path)
    let second = try record(report("2016-01-11", [unkeyed(3, "b"), unkeyed(9, "c")]), in: path)
    #expect(second.exceptions.map { $0.firstSeen?.description } == ["2016-01-04", "2016-01-11"])
    #expect(second.news?.resolved == 1)
  }

  @Test("texts are kept byte by byte, and empty ones as such")
  func keepsTexts() throws {
    func named(_ record: String, _ person: String) -> CaseException {
      var exception = exception(record, worker: "")
      exception.personID = person
      return exception
    }
    // The same letter composed and decomposed, and a text longer than a page of SQLite's file.
    let records = ["é", "e\u{301}", "V 1|ä", String(repeating: "9", count: 5_000)]
    let persons = ["", "P é", "", "P e\u{301}"]
    let found = zip(records, persons).map { named($0, $1) }
    try record(report("2016-01-04", found), in: path)
    try record(report("2016-01-11", []), in: path)
    let third = try record(report("2016-01-18", found), in: path)
    #expect(third.exceptions.map(\.change) == [.reopened, .reopened, .reopened, .reopened])
    let last = try record(report("2016-01-25", []), in: path)
    let ended = last.news?.ended.map { Array(($0.key.record + "/" + $0.personID).utf8) } ?? []
    #expect(Set(ended) == Set(zip(records, persons).map { Array(($0 + "/" + $1).utf8) }))
    #expect(last.news?.ended.map(\.worker) == ["", "", "", ""])
  }

  @Test("it ends with evidence, and comes back as the same")
  func reopens() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let second = try record(report("2016-01-11", []), in: path)
    #expect(second.news?.ended.map(\.end) == [.corrected])
    let third = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(third.exceptions[0].firstSeen == day("2016-01-04"))
    #expect(third.exceptions[0].runsOpen == 2)
    #expect(third.exceptions[0].change == .reopened)
    let fourth = try record(report("2016-01-25", [exception("V1")]), in: path)
    #expect(fourth.exceptions[0].openedOn == day("2016-01-18"))
    #expect(fourth.exceptions[0].age(on: fourth.asOf) == 7)
    #expect(third.news?.reopened == 1)
  }

  @Test(
    "what is not listed ends only where the run shows that it may",
    arguments: [
      (Evidence.inOrder, LedgerEntry.End.corrected, LedgerEntry.Doubt?.none),
      (.leftOut, .leftOut, nil), (.gone, .gone, nil), (.unsettled, nil, .notJudged),
    ] as [(Evidence, LedgerEntry.End?, LedgerEntry.Doubt?)])
  func evidence(_ found: Evidence, _ end: LedgerEntry.End?, _ doubt: LedgerEntry.Doubt?) throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let second = try record(report("2016-01-11", []), in: path, evidence: { $0.map { _ in found } })
    #expect(second.news?.ended.map(\.end) == (end.map { [$0] } ?? []))
    #expect(second.news?.unsettled.map(\.doubt) == (doubt.map { [$0] } ?? []))
  }

  @Test("what was open before and has come since, less what has ended in either way, is open")
  func trendAddsUp() throws {
    let found = ["V1", "V2", "V3"].map { exception($0) }
    try record(report("2016-01-04", found), in: path)
    try record(report("2016-01-11", Array(found.prefix(2))), in: path)
    let third = try record(
      report("2016-01-18", [found[1], exception("V4")]), in: path,
      evidence: { $0.map { _ in .tooOld } })
    let points = third.news?.trend.points ?? []
    #expect(points.map(\.open) == [3, 2, 2])
    #expect(points.map(\.opened) == [3, 0, 1])
    #expect(points.map(\.resolved) == [0, 1, 0])
    #expect(points.map(\.lapsed) == [0, 0, 1])
  }

  /// Reasons why a run cannot show that anything was put right.
  enum Blindness: String, CaseIterable, CustomTestStringConvertible {
    case tableMissing, tableNotWhole, ruleRemoved, ruleNotEvaluated, fileUnread
    var testDescription: String { rawValue }

    func strike(_ report: inout RunReport) {
      switch self {
      case .tableMissing: report.tables[0].isPresent = false
      case .tableNotWhole: report.tables[0].isWhole = false
      case .ruleRemoved: report.rules.removeFirst()
      case .ruleNotEvaluated: report.rules[0].isEvaluated = false
      case .fileUnread:
        report.faults = [
          FaultReport(
            kind: "unreadable", table: "", file: "visits_north.csv", line: nil, field: "",
            message: "There is nothing to read here.")
        ]
      }
    }
  }

  @Test("nothing is closed without evidence", arguments: Blindness.allCases)
  func blindness(_ blindness: Blindness) throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    var blind = report("2016-01-11", [])
    blindness.strike(&blind)
    let second = try record(blind, in: path)
    #expect(second.news?.unsettled.map(\.doubt) == [.notEvaluated])
    #expect(second.news?.ended == [])
    #expect(second.news?.teams.first?.isAtZero == false)
    // The runs in between count: it was open in all of them.
    let third = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(third.exceptions[0].runsOpen == 3)
    #expect(third.exceptions[0].change != .reopened)
  }

  @Test(
    "a record that is gone may be among those that could not be read",
    arguments: [
      ("V1", "V1,P1,2016-01-04,,", false, true), ("V1", "V2,P1,2016-01-04,,", false, false),
      ("V1", "V2", true, true), ("V1|3", "V1,3,P1,,", false, true),
      ("V1|3", "V1,2,P1,,", false, false), ("unkeyed:ab", "V2,P1,,,", false, true),
      ("V\"1", "V\"\"2,P1,,,", false, true),
    ])
  func rejected(_ key: String, _ text: String, _ isPart: Bool, _ stays: Bool) throws {
    var first = exception(key.hasPrefix("unkeyed:") ? "line:2" : key)
    if key.hasPrefix("unkeyed:") {
      first.sourceLine = 2
      first.contents = "ab"
    }
    try record(report("2016-01-04", [first]), in: path)
    var second = report("2016-01-11", [])
    var input = InputReport(path: "visits.csv", table: "visits")
    input.rowsRejected = 1
    input.rejects = [RejectedRecord(line: 3, reason: "", text: text, isPart: isPart)]
    second.inputs = [input]
    let told = try record(second, in: path, evidence: { $0.map { _ in .gone } })
    #expect(told.news?.unsettled.map(\.doubt) == (stays ? [.perhapsRejected] : []))
  }

  @Test("an extract without any record that had an open exception is told", arguments: [1, 2, 3])
  func otherExtract(_ kept: Int) throws {
    let open = (1...3).map { exception("V\($0)") }
    try record(report("2016-01-04", open), in: path)
    let told = try record(
      report("2016-01-11", Array(open.prefix(kept - 1))), in: path,
      evidence: { $0.map { _ in .gone } })
    #expect(
      told.remarks.map { $0.hasPrefix("visits: no record that had an open exception (3)") }
        == (kept == 1 ? [true] : []))
  }

  @Test(
    "what was done late and is too old to be looked at was never put right",
    arguments: [("2015-01-10", true), ("2015-01-11", false)])
  func lapses(_ doneOn: String, _ lapses: Bool) throws {
    let late = exception("V1", status: .late, due: "2015-01-01", done: doneOn)
    try record(report("2016-01-04", [late]), in: path)
    var second = report("2016-01-11", [])
    second.rules[0].looksBackTo = day("2015-01-11")
    let told = try record(second, in: path, evidence: { $0.map { _ in .leftOut } })
    #expect(told.news?.ended.map(\.end) == [lapses ? .lapsed : .leftOut])
    #expect(told.news?.resolved == (lapses ? 0 : 1))
  }

  @Test(
    "what stands under another key while nobody knows what has become of the first is put right once at most",
    arguments: [
      (["V1"], ["V3"], []), (["V1"], [], ["V2"]), (["V1"], ["V1"], []),
      // What stood for one that is back stands for no other that is gone.
      (["V0", "V1"], ["V1"], ["V0"]),
    ])
  func changesItsKeyTwice(_ first: [String], _ last: [String], _ putRight: [String]) throws {
    func run(_ asOf: String, _ records: [String]) -> RunReport {
      // Another goes on, so that they are not all that have gone.
      report(
        asOf,
        records.map { record in
          var exception = exception(record)
          exception.personID = "P1"
          return exception
        } + [exception("V9")])
    }
    try record(run("2016-01-04", first), in: path)
    let second = try record(
      run("2016-01-11", ["V2"]), in: path, evidence: { $0.map { _ in .unsettled } })
    #expect(second.news?.unsettled.map(\.key.record) == first)
    let third = try record(run("2016-01-18", last), in: path, evidence: { $0.map { _ in .gone } })
    let ended = third.news?.ended ?? []
    #expect(ended.map(\.key.record) == (first + ["V2"]).filter { !last.contains($0) })
    #expect(ended.filter { $0.end != .lapsed }.map(\.key.record) == putRight)
  }

  @Test("an overdue one that has been done is not new, and no worse")
  func done() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    let late = exception("V1", status: .late, done: "2016-01-08")
    let second = try record(report("2016-01-11", [late]), in: path)
    #expect(second.exceptions[0].change == .done)
    #expect(second.exceptions[0].firstSeen == day("2016-01-04"))
  }

  @Test("a team is at zero since the first run of an unbroken row of runs that found nothing")
  func zero() throws {
    func east(_ report: RunReport) -> TeamStanding? {
      report.news?.teams.first { $0.team == .named("East") }
    }
    let first = try record(report("2016-01-04", [exception("V1")]), in: path)
    #expect(east(first)?.zeroSince == nil)
    #expect(east(first)?.oldest == day("2016-01-04"))
    let second = try record(report("2016-01-11", []), in: path)
    #expect(east(second)?.zeroSince == day("2016-01-11"))
    let third = try record(report("2016-01-18", []), in: path)
    #expect(east(third)?.zeroSince == day("2016-01-11"))
    var blind = report("2016-01-25", [])
    blind.faults = [
      FaultReport(
        kind: "missingFile", table: "x", file: "", line: nil, field: "", message: "Missing.")
    ]
    #expect(east(try record(blind, in: path))?.zeroSince == nil)
    #expect(east(try record(report("2016-02-01", []), in: path))?.zeroSince == day("2016-02-01"))
  }

  @Test("what was done late and listed as that before is not the oldest that is open")
  func oldest() throws {
    func oldest(_ report: RunReport) -> CalendarDate? {
      report.news?.teams.first { $0.team == .named("East") }?.oldest
    }
    let late = exception("V1", status: .late, done: "2016-01-03")
    let first = try record(report("2016-01-04", [late]), in: path)
    #expect(oldest(first) == day("2016-01-04"))
    let second = try record(report("2016-01-11", [late, exception("V2")]), in: path)
    #expect(oldest(second) == day("2016-01-11"))
    #expect(oldest(try record(report("2016-01-18", [late]), in: path)) == nil)
  }

  @Test("what is waived is open, and nobody's to do")
  func waived() throws {
    try record(report("2016-01-04", [exception("V1")]), in: path)
    var second = report("2016-01-11", [exception("V1")])
    second.exceptions[0].list = .waived
    let waived = try record(second, in: path)
    #expect(waived.exceptions[0].list == .waived)
    #expect(waived.exceptions[0].runsOpen == 2)
    #expect(waived.news?.teams.first { $0.team == .named("East") }?.waived == 1)
    let back = try record(report("2016-01-18", [exception("V1")]), in: path)
    #expect(back.exceptions[0].list == .drift)
    #expect(back.exceptions[0].change != .new)
  }

  @Test("a visit that is entered late gives others new numbers, and is not another's being done")
  func otherNumbers() throws {
    func visit(_ occasion: Int, _ status: CaseException.Status, due: String) -> CaseException {
      var visit = exception("P1", due: due)
      visit.occasion = occasion
      visit.status = status
      return visit
    }
    try record(
      report(
        "2016-01-04",
        [visit(2, .late, due: "2015-11-02"), visit(3, .overdue, due: "2015-12-30")]), in: path)
    // An earlier visit was entered after all, so every occasion moves up by one: the late second
    // is now the third, and the overdue third the fourth.
    let told = try record(
      report(
        "2016-01-11",
        [visit(3, .late, due: "2015-11-02"), visit(4, .overdue, due: "2015-12-30")]), in: path)
    // It has been overdue for more than a week by now.
    #expect(told.exceptions.map(\.change) == [.same, .worse])
    #expect(told.exceptions.map(\.runsOpen) == [2, 2])
    #expect(told.exceptions.map(\.firstSeen) == [day("2016-01-04"), day("2016-01-04")])
    #expect(told.news?.resolved == 0 && told.news?.opened == 0)
    #expect(told.news?.ended.isEmpty == true)
    // Really done: the same visit, due on the same day.
    var made = visit(4, .late, due: "2015-12-30")
    made.doneOn = "2016-01-15"
    let done = try record(report("2016-01-18", [made]), in: path)
    #expect(done.exceptions.map(\.change) == [.done])
    #expect(done.news?.resolved == 1)
  }

  @Test("a visit entered late does not make the overdue one done, which has the next number")
  func enteredBefore() throws {
    try record(report("2016-04-07", [exception("V1", due: "2016-03-20", occasion: 3)]), in: path)
    let entered = exception(
      "V1", status: .late, due: "2016-02-17", done: "2016-02-20", occasion: 3)
    let still = exception("V1", due: "2016-03-20", occasion: 4)
    let told = try record(report("2016-04-14", [entered, still]), in: path)
    // The visit is the new one, and the duty goes on.
    #expect(told.exceptions.map(\.change) == [.new, .same])
    #expect(told.exceptions.map(\.runsOpen) == [1, 2])
    #expect(told.news?.ended.isEmpty == true && told.news?.opened == 1)
  }

  @Test("what was with another team, or agreed to, is told to whoever has it now")
  func arrives() throws {
    func seen(_ team: String, waived: Bool = false) -> [CaseException] {
      var exception = exception("V1", team: team, due: "2016-01-01")
      if waived { exception.list = .waived }
      return [exception]
    }
    let runs = [
      ("2016-05-02", seen("East"), ExceptionChange.new), ("2016-05-09", seen("West"), .moved),
      ("2016-05-16", seen("West"), .same), ("2016-05-23", seen("East", waived: true), .same),
      ("2016-05-30", seen("East"), .unwaived), ("2016-06-06", seen("East"), .same),
    ]
    for (asOf, exceptions, change) in runs {
      #expect(try record(report(asOf, exceptions), in: path).exceptions[0].change == change)
    }
  }

  @Test("what passes a band of days while it cannot be judged is worse once it is listed again")
  func band() throws {
    let overdue = exception("V1", due: "2016-01-01")
    try record(report("2016-01-07", [overdue]), in: path)
    for asOf in ["2016-01-08", "2016-01-09"] {
      try record(report(asOf, []), in: path, evidence: { $0.map { _ in .unsettled } })
    }
    let again = try record(report("2016-01-10", [overdue]), in: path)
    #expect(again.exceptions.map(\.change) == [.worse])
    #expect(
      try record(report("2016-01-11", [overdue]), in: path).exceptions.map(\.change) == [.same])
  }

  @Test("groups of a limit do not hide that no record of a table is there any more")
  func allGone() throws {
    func run(_ asOf: String, _ listed: [CaseException]) -> RunReport {
      var run = report(asOf, listed)
      run.rules[1].kind = .limit
      return run
    }
    let limit = exception("East", rule: "other", status: .failed)
    try record(
      run("2016-01-04", [exception("V1"), exception("V2"), limit]), in: path)
    let told = try record(run("2016-01-11", [limit]), in: path, evidence: { $0.map { _ in .gone } })
    #expect(told.remarks.contains { $0.contains("no record that had an open exception (2)") })
  }

  @Test("what is agreed to is worse as it passes a band of days, and not each night after")
  func waivedBand() throws {
    var overdue = exception("V1", due: "2016-01-01")
    try record(report("2016-01-06", [overdue]), in: path)
    overdue.list = .waived
    let changes = try ["2016-01-07", "2016-01-10", "2016-01-11"].map {
      try record(report($0, [overdue]), in: path).exceptions.map(\.change)
    }
    #expect(changes == [[.same], [.worse], [.same]])
  }

  @Test("groups of a limit that are gone are no records of their table")
  func groupsGone() throws {
    func run(_ asOf: String, _ listed: [CaseException]) -> RunReport {
      var run = report(asOf, listed)
      run.rules[1].kind = .limit
      return run
    }
    let groups = ["East", "West"].map { exception($0, rule: "other", status: .failed) }
    let records = [exception("V1"), exception("V2")]
    try record(run("2016-01-04", groups + records), in: path)
    let told = try record(run("2016-01-11", records), in: path, evidence: { $0.map { _ in .gone } })
    #expect(!told.remarks.contains { $0.contains("no record that had") })
  }
}
