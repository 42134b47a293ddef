import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// Visits leave an export of the last twelve months, are entered late or taken out, and those that
/// come after them have other numbers.
@Suite("Duties of a repeating rule that stand under another number")
struct RenumberedDutyTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  private func late(_ occasion: Int, due: String, done: String) -> CaseException {
    exception("V1", status: .late, due: due, done: done, occasion: occasion)
  }

  private func overdue(_ occasion: Int, due: String = "2016-03-20") -> CaseException {
    exception("V1", due: due, occasion: occasion)
  }

  /// Two late visits and one that has not been made, the first of the three under a number.
  private func three(from number: Int) -> [CaseException] {
    [
      late(number, due: "2016-01-10", done: "2016-01-12"),
      late(number + 1, due: "2016-02-12", done: "2016-02-20"), overdue(number + 2),
    ]
  }

  @Test(
    "each goes on as what it was, and is as old",
    arguments: [[7, 6, 5], [5, 6, 7], [7, 3, 9], [3, 2, 3]])
  func goesOn(numbers: [Int]) throws {
    let weeks = ["2016-04-04", "2016-04-11", "2016-04-18"]
    for (place, (week, number)) in zip(weeks, numbers).enumerated() {
      let told = try record(report(week, three(from: number)), in: path)
      #expect(told.exceptions.map(\.runsOpen) == Array(repeating: place + 1, count: 3))
      #expect(told.exceptions.map(\.openedOn) == Array(repeating: day(weeks[0]), count: 3))
      if place == 0 { continue }
      #expect(told.exceptions.map(\.change).allSatisfy { [.same, .worse].contains($0) })
      #expect(told.exceptions.prefix(2).allSatisfy { $0.change == .same })
      let news = try #require(told.news)
      #expect(news.opened == 0 && news.reopened == 0 && news.resolved == 0 && news.ended.isEmpty)
    }
    let diff = try LedgerDiff(of: path, from: weeks[0], to: weeks[2])
    #expect(diff.changes.map(\.kind).allSatisfy { $0 == .worse } && diff.changes.count < 2)
    #expect(diff.unchanged + diff.changes.count == 3)
    let open = try LedgerHistory(of: path, LedgerHistory.Question()).weeks
    #expect(open.map(\.opened) == [3, 0, 0] && open.map(\.open) == [3, 3, 3])
    #expect(open.allSatisfy { $0.resolved == 0 && $0.lapsed == 0 && $0.reopened == 0 })
  }

  @Test("what was done meanwhile is told as done, and what is still to be done ages")
  func doneMeanwhile() throws {
    try record(report("2016-04-04", [overdue(7)]), in: path)
    let older = try record(report("2016-04-18", [overdue(6)]), in: path)
    #expect(older.exceptions.map(\.change) == [.worse])
    let made = late(5, due: "2016-03-20", done: "2016-04-20")
    let done = try record(report("2016-04-25", [made]), in: path)
    #expect(done.exceptions.map(\.change) == [.done])
  }

  @Test("with another team, or agreed to no more, it is told as that")
  func movedOrUnwaived() throws {
    var agreed = overdue(7)
    agreed.list = .waived
    try record(report("2016-04-04", [agreed]), in: path)
    let back = try record(report("2016-04-05", [overdue(6)]), in: path)
    #expect(back.exceptions.map(\.change) == [.unwaived])
    var others = overdue(5)
    others.team = .named("West")
    let moved = try record(report("2016-04-06", [others]), in: path)
    #expect(moved.exceptions.map(\.change) == [.moved])
    #expect(moved.news?.moved == 1)
  }

  @Test("a waiver of one is in use while the one with its number of then is not judged")
  func waivedAndNotJudged() throws {
    var agreed = overdue(6)
    agreed.list = .waived
    let waiver = Waiver(
      rule: agreed.rule, table: "", record: "V1", occasion: 7, reason: "Abroad",
      agreedBy: "J Oak", agreedOn: day("2016-04-01"), until: day("2016-06-30"),
      digest: overdue(7).waiverNote.text)
    try record(report("2016-04-04", [agreed]), in: path)
    func unmatched(_ asOf: String, _ waiver: Waiver) throws -> Int? {
      var night = report(asOf, [])
      night.rules[0].isEvaluated = false
      var outcome = WaiverOutcome()
      outcome.all = [waiver]
      outcome.unmatched = [waiver]
      night.waivers = outcome
      return try record(night, in: path).waivers?.unmatched.count
    }
    #expect(try unmatched("2016-04-05", waiver) == 0)
    var other = waiver
    other.digest = overdue(7, due: "2016-03-27").waiverNote.text
    #expect(try unmatched("2016-04-06", other) == 1)
  }

  @Test("a run made again puts the numbers back")
  func madeAgain() throws {
    try record(report("2016-04-04", three(from: 7)), in: path)
    try record(report("2016-04-11", three(from: 6)), in: path)
    for number in [7, 6, 4] {
      let again = try record(report("2016-04-11", three(from: number)), in: path)
      #expect(again.exceptions.map(\.runsOpen) == [2, 2, 2])
      #expect(again.exceptions.map(\.change).prefix(2) == [.same, .same])
      #expect(again.news?.opened == 0 && again.news?.ended.isEmpty == true)
    }
    let mended = try record(report("2016-04-11", []), in: path)
    #expect(mended.news?.resolved == 3)
  }

  @Test("a run filled in before leaves later ones as they were")
  func filledIn() throws {
    try record(report("2016-04-04", three(from: 7)), in: path)
    try record(report("2016-04-18", three(from: 5)), in: path)
    let between = try record(report("2016-04-11", three(from: 6)), in: path, backfill: true)
    #expect(between.exceptions.map(\.runsOpen) == [2, 2, 2])
    let next = try record(report("2016-04-25", three(from: 5)), in: path)
    #expect(next.exceptions.map(\.runsOpen) == [4, 4, 4])
    #expect(next.exceptions.map(\.openedOn) == Array(repeating: day("2016-04-04"), count: 3))
  }

  @Test("another child's visit, or one of several records with a key, is not the same")
  func notTheSame() throws {
    var others = overdue(6)
    others.personID = "P9"
    let both = [overdue(7), exception("V2", due: "2016-03-20", occasion: 3)]
    try record(report("2016-04-04", both), in: path)
    let told = try record(report("2016-04-05", [others]), in: path)
    #expect(told.exceptions.map(\.change) == [.new])
    var twin = exception("V2", due: "2016-03-20", occasion: 2)
    twin.sourceLine = 9
    let two = try record(
      report("2016-04-06", [exception("V2", due: "2016-03-20", occasion: 2), twin]), in: path)
    #expect(two.exceptions.allSatisfy { $0.change == .new })
  }

  @Test("an overdue duty that is listed no more, and whose number another takes, is told as done")
  func ownOverdue() throws {
    try record(
      report("2016-04-04", [late(6, due: "2016-02-12", done: "2016-02-20"), overdue(7)]), in: path)
    // A visit was entered before the late one, and one that makes the overdue one done in time.
    let told = try record(
      report("2016-04-05", [late(7, due: "2016-02-12", done: "2016-02-20")]), in: path)
    #expect(told.exceptions.map(\.change) == [.done])
    #expect(told.news?.opened == 0)
  }

  @Test("what was put right under another number is told as that, over the runs between")
  func endedUnderAnother() throws {
    func run(_ asOf: String, _ listed: [CaseException]) throws -> RunReport {
      var run = report(asOf, listed)
      run.listDays = [.monday]
      return try record(run, in: path).forReaders
    }
    _ = try run("2016-04-04", [overdue(7)])
    _ = try run("2016-04-05", [overdue(6)])
    _ = try run("2016-04-06", [overdue(5)])
    _ = try run("2016-04-07", [])
    let told = try run("2016-04-08", [])
    #expect(told.news?.ended.map(\.end) == [.corrected])
    let diff = try LedgerDiff(of: path, from: "2016-04-04", to: "2016-04-08")
    #expect(diff.changes.map(\.kind) == [.resolved])
    #expect(diff.changes.map(\.after.key.occasion) == [5])
  }
}
