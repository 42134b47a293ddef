import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// A single record of a table is not put right because every child has another number.
@Suite("Children who have all gone at once")
struct GoneChildrenTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// What is wrong with a record of one of two tables, of a child, or of nobody.
  private func found(_ table: String, _ record: String, _ person: String) -> CaseException {
    var found = exception(record, rule: table == "visits" ? "late-visit" : "other")
    found.table = table
    found.personID = person
    return found
  }

  /// Records a run in which whatever is not listed is gone, and the children with it that have not
  /// `stayed`.
  private func run(
    _ asOf: String, _ listed: [CaseException], stayed: Set<String> = []
  ) throws -> RunReport {
    let run = report(asOf, listed)
    let ledger = try ExceptionLedger(forRun: path)
    var told = run
    try ledger.record(
      run, isBackfill: false,
      evidence: { $0.map { Showing(.gone, isChildGone: !stayed.contains($0.person)) } }
    ) { report, makeLasting in
      told = report
      try makeLasting()
    }
    return told
  }

  private func remarks(_ told: RunReport) -> [String] {
    told.remarks.filter { $0.contains("no child that had an open exception") }
  }

  @Test("single records of two tables, of two children, lapse, and the run names the tables")
  func otherNumbers() throws {
    _ = try run("2016-01-11", [found("plans", "L1", "P1"), found("visits", "V1", "P2")])
    let told = try run("2016-01-12", [found("plans", "N1", "Q1"), found("visits", "W1", "Q2")])
    #expect(told.news?.ended.map(\.end) == [.lapsed, .lapsed])
    #expect(
      remarks(told).map {
        $0.hasPrefix("plans, visits: no child that had an open exception is in the extracts")
          && $0.contains("and the 2 exceptions whose records have gone as well are no longer")
      } == [true])
    let next = try run("2016-01-13", [found("plans", "N1", "Q1"), found("visits", "W1", "Q2")])
    #expect(next.news?.ended.isEmpty == true && remarks(next).isEmpty)
  }

  @Test("beside a table of which several records have gone, the single one of another is named")
  func besideMany() throws {
    let visits = ["V1", "V2"].map { found("visits", $0, "P-" + $0) }
    _ = try run("2016-01-11", visits + [found("plans", "L1", "P1")])
    let told = try run("2016-01-12", [found("visits", "W1", "Q1"), found("visits", "W2", "Q2")])
    #expect(told.news?.ended.map(\.end) == [.lapsed, .lapsed, .lapsed])
    #expect(told.remarks.contains { $0.hasPrefix("visits: no record that had an open exception") })
    #expect(
      remarks(told).map { $0.hasPrefix("plans: ") && $0.contains("the exception whose record") }
        == [true])
  }

  @Test("one child that leaves, with records in two tables, is put right as ever")
  func oneChild() throws {
    _ = try run("2016-01-11", [found("plans", "L1", "P1"), found("visits", "V1", "P1")])
    let told = try run("2016-01-12", [])
    #expect(told.news?.ended.map(\.end) == [.gone, .gone])
    #expect(remarks(told).isEmpty)
  }

  @Test("two children who leave are put right where nothing comes up under other numbers")
  func siblings() throws {
    _ = try run("2016-01-11", [found("plans", "L1", "P1"), found("visits", "V1", "P2")])
    let told = try run("2016-01-12", [])
    #expect(told.news?.ended.map(\.end) == [.gone, .gone])
    #expect(remarks(told).isEmpty)
  }

  @Test(
    "two children who leave are put right where another with an exception is still there",
    arguments: [true, false])
  func others(_ isListed: Bool) throws {
    let gone = [found("plans", "L1", "P1"), found("visits", "V1", "P2")]
    let other = found("contacts", "C1", "P3")
    _ = try run("2016-01-11", gone + [other])
    let told = try run("2016-01-12", isListed ? [other] : [], stayed: ["P3"])
    #expect(told.news?.ended.allSatisfy { $0.end == .gone } == true)
    #expect(told.news?.ended.count == (isListed ? 2 : 3))
    #expect(remarks(told).isEmpty)
  }

  @Test("records of nobody in a table that goes on are put right as ever, and others lapse")
  func nobodys() throws {
    let children = [found("plans", "L1", "P1"), found("visits", "V1", "P2")]
    let worker = found("workers", "W1", "")
    let nobodys = [found("meetings", "M1", ""), found("workers", "W2", ""), worker]
    _ = try run("2016-01-11", children + nobodys)
    let anew = [found("plans", "N1", "Q1"), found("visits", "W9", "Q2")]
    let told = try run("2016-01-12", [worker] + anew)
    let ends = Dictionary(
      uniqueKeysWithValues: (told.news?.ended ?? []).map { ($0.key.record, $0.end) })
    #expect(ends == ["L1": .lapsed, "V1": .lapsed, "M1": .lapsed, "W2": .gone])
    #expect(remarks(told).map { $0.hasPrefix("meetings, plans, visits: ") } == [true])
  }
}
