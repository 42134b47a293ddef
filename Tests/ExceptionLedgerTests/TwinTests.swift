import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

@Suite("Records that share a key, or say the same without one")
struct TwinTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  private func visit(
    _ record: String = "V1", of person: String, team: String = "East", line: Int = 2
  ) -> CaseException {
    var exception = exception(record, team: team)
    exception.personID = person
    exception.sourceFile = "visits.csv"
    exception.sourceLine = line
    return exception
  }

  private func unkeyed(line: Int) -> CaseException {
    var exception = visit("line:\(line)", of: "P1", line: line)
    exception.contents = "a"
    return exception
  }

  /// Since when each is listed, with how many runs it has been open for.
  private func seen(_ told: RunReport) -> [String] {
    told.exceptions.map { "\($0.firstSeen?.description ?? "") \($0.runsOpen ?? 0)" }
  }

  @Test(
    "of two that say the same, the one on the first line goes on, whatever its number looks like")
  func lines() throws {
    try record(report("2016-01-04", [unkeyed(line: 60)]), in: path)
    // As the list has them: byte by byte.
    let second = try record(
      report("2016-01-11", [unkeyed(line: 273), unkeyed(line: 60)]), in: path)
    #expect(seen(second) == ["2016-01-11 1", "2016-01-04 2"])
  }

  @Test(
    "of two children whose records have one key, what is put right is that of the one whose it was",
    arguments: ["East", "West"])
  func children(_ team: String) throws {
    let (first, second) = (visit(of: "P1", line: 2), visit(of: "P2", team: team, line: 3))
    try record(report("2016-01-04", [first]), in: path)
    try record(report("2016-01-11", [first, second]), in: path)
    // Asked about as one behind the other, which is listed.
    let third = try record(report("2016-01-18", [second]), in: path) {
      $0.map { $0.key.ordinal == 1 ? .inOrder : .unsettled }
    }
    #expect(third.news?.ended.map(\.personID) == ["P1"])
    #expect(third.news?.moved == 0)
    #expect(seen(third) == ["2016-01-11 2"])
    // Made again it is the same, and so is a run filled in before it.
    #expect(try seen(record(report("2016-01-18", [second]), in: path)) == ["2016-01-11 2"])
    try record(report("2016-01-14", [second, first]), in: path, backfill: true)
    let fourth = try record(report("2016-01-25", [second, first]), in: path)
    #expect(seen(fourth) == ["2016-01-11 4", "2016-01-04 4"])
    #expect(fourth.exceptions.map(\.change) == [.same, .reopened])
  }

  @Test("what has ended stays one child's, and comes to no other's")
  func another() throws {
    let twins = [visit(of: "P1", line: 2), visit(of: "P2", line: 3)]
    try record(report("2016-01-04", twins), in: path)
    try record(report("2016-01-11", [twins[1]]), in: path)
    let third = try record(report("2016-01-18", [twins[1], visit(of: "P3", line: 4)]), in: path)
    #expect(seen(third) == ["2016-01-04 3", "2016-01-18 1"])
    #expect(third.exceptions.map(\.change).last == .new)
  }

  @Test("what comes back is its own child's again, however many there are now")
  func comesBack() throws {
    let twins = [visit(of: "P1", line: 2), visit(of: "P2", line: 3)]
    try record(report("2016-01-04", [twins[0]]), in: path)
    try record(report("2016-01-11", twins), in: path)
    try record(report("2016-01-18", []), in: path, evidence: { $0.map { _ in .inOrder } })
    let fourth = try record(report("2016-01-25", [twins[1]]), in: path)
    #expect(seen(fourth) == ["2016-01-11 2"])
    #expect(fourth.exceptions.map(\.change) == [.reopened])
  }

  @Test("what the last run listed goes on before what it had open without listing it")
  func listedGoesFirst() throws {
    var blocked = visit(of: "P1", line: 2)
    (blocked.status, blocked.dueOn) = (.cannotJudge, "")
    let twins = [visit(of: "P1", line: 2), visit(of: "P1", line: 3)]
    try record(report("2016-01-04", [twins[0]]), in: path)
    try record(report("2016-01-11", twins), in: path)
    let third = try record(report("2016-01-18", [blocked]), in: path) {
      $0.map { _ in .unsettled }
    }
    #expect(seen(third) == ["2016-01-04 3"])
    // It says again what the other said last, and is the one that it was.
    let fourth = try record(report("2016-01-25", [twins[0]]), in: path) {
      $0.map { _ in .inOrder }
    }
    #expect(seen(fourth) == ["2016-01-04 4"])
    #expect(fourth.news?.ended.map(\.openedOn) == [day("2016-01-11")])
  }
}
