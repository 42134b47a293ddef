import Exceptions
import Foundation
import Reports
import Testing
import WorkingTime

/// What a team manager reads first.
@Suite("The order of a team's list")
struct DriftOrderTests {
  private func found(
    _ person: String, _ worker: String, _ severity: CaseException.Severity,
    status: CaseException.Status = .failed, since: String, late: Int? = nil
  ) -> CaseException {
    var found = exception("seen", .named("alpha"), list: .drift, severity: severity)
    found.personID = person
    found.recordID = person
    found.worker = worker
    found.status = status
    found.openedOn = CalendarDate(iso: since)
    found.daysLate = late
    return found
  }

  /// A child who is missing now, among warnings that have waited for long.
  private func report() -> RunReport {
    var report = emptyReport()
    report.exceptions = [
      found("P1", "Ann", .warning, since: "2016-01-01"),
      found("P2", "Ann", .warning, since: "2015-01-01"),
      found("P3", "Bob", .warning, since: "2016-02-01"),
      found("P4", "Bob", .error, since: "2016-03-31"),
      found("P5", "Cat", .warning, since: "2015-06-01"),
      found("P6", "Cat", .error, status: .overdue, since: "2016-01-01", late: 90),
    ]
    report.rules = [
      RuleReport(
        name: "seen", title: "Seen", why: "", source: "", pack: "", table: "cases", kind: .check,
        fix: "", judgedNothing: "")
    ]
    return report
  }

  @Test("errors come before warnings that have waited longer, and so do the workers who have any")
  func list() {
    let lines = text("teams/alpha/drift.csv", of: report()).split(separator: "\n")
    let cells: [[Substring]] = lines.map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let rows = cells.filter { $0[0] == "failed" || $0[0] == "overdue" }
    #expect(rows.map { $0[5] } == ["P6", "P5", "P4", "P3", "P2", "P1"])
  }

  @Test("on the page an error stands above other workers' warnings, and each row says which it is")
  func page() throws {
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let page = try #require(
      pageFiles(report(), settings).first { $0.path == "teams/alpha/drift.html" })
    let rows = String(decoding: page.contents, as: UTF8.self)
      .components(separatedBy: "<th scope=\"row\">P").dropFirst()
    #expect(rows.map { $0.prefix(1) } == ["6", "4", "3", "5", "2", "1"])
    #expect(
      rows.map { $0.prefix { $0 != "\n" }.contains("<i class=\"muted\">error</i>") } == [
        true, true, false, false, false, false,
      ])
    #expect(rows.filter { $0.contains("<i class=\"muted\">warning</i>") }.count == 4)
    // The title says how it should be, which of a check that does not hold is the opposite.
    #expect(
      rows.map { $0.contains(">Not met: Seen</a>") } == [false, true, true, true, true, true])
  }
}
