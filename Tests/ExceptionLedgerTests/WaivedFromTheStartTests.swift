import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// What somebody has agreed to is open, and counted apart.
@Suite("What is waived, in the figures of a ledger")
struct WaivedFromTheStartTests {
  let scratch = Scratch()

  private func waived(_ record: String) -> CaseException {
    var exception = exception(record)
    exception.list = .waived
    return exception
  }

  @Test("the line of what is open leaves it out, and with it the figures add up")
  func trend() throws {
    let path = scratch.file("l.sqlite")
    try record(report("2016-01-04", [exception("V1")]), in: path)
    try record(report("2016-01-11", [exception("V1"), waived("V2")]), in: path)
    try record(report("2016-01-18", [waived("V1"), waived("V2")]), in: path)
    let last = try record(report("2016-01-25", [exception("V2")]), in: path)
    let trend = try #require(last.news).trend
    #expect(trend.points.map(\.open) == [1, 1, 0, 1])
    #expect(trend.points.map(\.waived) == [0, 1, 2, 0])
    #expect(trend.points.map(\.opened) == [1, 1, 0, 0])
    #expect(trend.points.map(\.resolved) == [0, 0, 0, 1])
    let east = (trend.teams[.named("East")] ?? []).compactMap(\.self)
    #expect(east == [1, 1, 0, 1])
    // The end of one that was waived is known as that, and one whose waiver has ended is back.
    #expect(last.news?.ended.map(\.list) == [.waived])
    #expect(last.exceptions.map(\.change) == [.unwaived])
  }

  @Test("what was waived as long as it was there has come to no list and gone from none")
  func passing() throws {
    let path = scratch.file("l.sqlite")
    func run(_ asOf: String, _ listed: [CaseException]) throws -> RunReport {
      var run = report(asOf, listed)
      run.listDays = [.monday]
      return try record(run, in: path).forReaders
    }
    _ = try run("2016-01-04", [])
    _ = try run("2016-01-05", [waived("V1"), exception("V2")])
    let told = try run("2016-01-06", [])
    #expect(told.news?.teams.first { $0.team == .named("East") }?.passing == 1)
  }
}
