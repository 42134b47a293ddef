import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

@Suite("What differs between two runs")
struct DiffTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test("runs are named by their dates, or as latest and previous")
  func names() throws {
    for week in ["2016-01-04", "2016-01-11", "2016-01-18"] {
      try record(report(week, [exception("V1")]), in: path)
    }
    let diff = try LedgerDiff(of: path, from: "latest", to: "previous")
    #expect(diff.from == day("2016-01-11"))
    #expect(diff.to == day("2016-01-18"))
    #expect(
      fault { _ = try LedgerDiff(of: path, from: "2016-01-12", to: "latest") }
        == .noRun(asOf: "2016-01-12", nearest: day("2016-01-11")))
  }

  @Test("what the later run could not judge is not told as the same, however long it has been so")
  func notJudged() throws {
    // Overdue for so long that they get no worse.
    let both = ["V1", "V2"].map { exception($0, due: "2015-01-01") }
    try record(report("2016-01-04", both), in: path)
    for week in ["2016-01-11", "2016-01-18"] {
      try record(
        report(week, [both[1]]), in: path, evidence: { $0.map { _ in .unsettled } })
    }
    try record(report("2016-01-25", both), in: path)
    for (from, to) in [
      ("2016-01-04", "2016-01-11"), ("2016-01-04", "2016-01-18"), ("2016-01-11", "2016-01-18"),
    ] {
      let diff = try LedgerDiff(of: path, from: from, to: to)
      #expect(diff.changes.map(\.kind) == [.notJudged])
      #expect(diff.changes.map(\.after.key.record) == ["V1"])
      #expect(diff.unchanged == 1)
    }
    let whole = try LedgerDiff(of: path, from: "2016-01-04", to: "2016-01-25")
    #expect(whole.changes.isEmpty)
    #expect(whole.unchanged == 2)
  }

  @Test(
    "what got worse is told as such, by its status or by its age, and what did not is not",
    arguments: [
      (.cannotJudge, .overdue, "2016-01-10", [.worse]),
      (.cannotJudge, .failed, "", [.worse]), (.late, .overdue, "2016-01-10", [.worse]),
      (.overdue, .late, "2016-01-10", [.changed]),
      (.overdue, .cannotJudge, "2016-01-10", [.changed]),
      // 7, 28, 89 and 90 days over as of the earlier run, then two more, without any other change.
      (.overdue, .overdue, "2016-01-04", [.worse]), (.overdue, .overdue, "2015-12-14", [.worse]),
      (.overdue, .overdue, "2015-10-14", [.worse]), (.overdue, .overdue, "2015-10-13", [.worse]),
      // 91 and 5 days.
      (.overdue, .overdue, "2015-10-12", []), (.overdue, .overdue, "2016-01-06", []),
      (.failed, .failed, "2016-01-04", []), (.late, .late, "2016-01-04", []),
    ] as [(CaseException.Status, CaseException.Status, String, [LedgerDiff.Kind])])
  func worse(
    _ before: CaseException.Status, _ after: CaseException.Status, _ due: String,
    _ kinds: [LedgerDiff.Kind]
  ) throws {
    for (week, status, team) in [
      ("2016-01-11", before, "East"), ("2016-01-12", before, "East"),
      ("2016-01-13", after, "East"), ("2016-01-20", after, "West"),
    ] {
      try record(
        report(week, [exception("V1", team: team, status: status, due: due)]), in: path)
    }
    let diff = try LedgerDiff(of: path, from: "2016-01-11", to: "2016-01-13")
    #expect(diff.changes.map(\.kind) == kinds)
    #expect(diff.unchanged == 1 - kinds.count)
    // Worse is worse with another team, too.
    let moved = try LedgerDiff(of: path, from: "2016-01-11", to: "2016-01-20")
    #expect(moved.changes.map(\.kind).count == 1)
    if kinds == [.worse] { #expect(moved.changes.map(\.kind) == [.worse]) }
  }

  @Test("that the rules changed between two runs is known, also where they changed back")
  func otherRules() throws {
    for (week, rules) in [
      ("2016-01-04", "a"), ("2016-01-11", "a"), ("2016-01-18", "b"), ("2016-01-25", "a"),
    ] {
      var run = report(week, [exception("V1")])
      run.rulesDigest = rules
      try record(run, in: path)
    }
    for (from, to, haveChanged) in [
      ("2016-01-04", "2016-01-11", false), ("2016-01-11", "2016-01-18", true),
      ("2016-01-04", "2016-01-25", true), ("2016-01-25", "2016-01-25", false),
    ] {
      let diff = try LedgerDiff(of: path, from: from, to: to)
      #expect(diff.hasOtherRules == haveChanged, "\(from) to \(to)")
    }
    let history = try LedgerHistory(of: path, LedgerHistory.Question())
    #expect(history.otherRules == [day("2016-01-18"), day("2016-01-25")])
    let last = LedgerHistory.Question(from: day("2016-01-25"))
    #expect(try LedgerHistory(of: path, last).otherRules == [day("2016-01-25")])
    let first = LedgerHistory.Question(to: day("2016-01-11"))
    #expect(try LedgerHistory(of: path, first).otherRules.isEmpty)
  }

  @Test("what has been agreed to in between, or is so no longer, is told as that")
  func waived() throws {
    var agreed = exception("V1", due: "2015-01-01")
    var other = exception("V2", due: "2015-01-01")
    other.list = .waived
    try record(report("2016-01-04", [agreed, other]), in: path)
    (agreed.list, other.list) = (.waived, .drift)
    var new = exception("V3", due: "2015-01-01")
    new.list = .waived
    try record(report("2016-01-11", [agreed, other, new]), in: path)
    let diff = try LedgerDiff(of: path, from: "2016-01-04", to: "2016-01-11")
    #expect(diff.changes.map(\.kind) == [.waived, .waived, .unwaived])
    #expect(diff.changes.map(\.after.key.record) == ["V1", "V3", "V2"])
    #expect(diff.unchanged == 0)
  }
}
