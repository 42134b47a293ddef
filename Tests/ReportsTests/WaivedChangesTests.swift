import Exceptions
import Testing
import WorkingTime

@testable import Reports

/// What is waived is nobody's to do, and so neither new nor worse nor put right.
@Suite("Changes of what is waived")
struct WaivedChangesTests {
  private func found(
    _ record: String, _ list: CaseException.List, _ change: ExceptionChange
  ) -> CaseException {
    var found = fullException()
    found.recordID = record
    found.list = list
    found.change = change
    found.waivedUntil = list == .waived ? CalendarDate(iso: "2016-04-30") : nil
    return found
  }

  /// A second run: one of two that are new is waived, as one that is worse and some that have ended
  /// are; the waiver of another has ended.
  private func report() throws -> RunReport {
    var report = emptyReport()
    let before = try #require(CalendarDate(iso: "2016-03-24"))
    report.teams = [.named("alpha")]
    report.exceptions = [
      found("V1", .drift, .new), found("V2", .waived, .new), found("V3", .waived, .worse),
      found("V4", .drift, .unwaived),
    ]
    let ends: [(String, CaseException.List, LedgerEntry.End)] = [
      ("V5", .drift, .corrected), ("V6", .waived, .corrected), ("V7", .waived, .lapsed),
    ]
    var news = LedgerNews()
    news.previous = before
    news.opened = 2
    news.ended = ends.map { record, list, end in
      LedgerEntry(
        key: ExceptionKey(rule: "seen", table: "visits", record: record, occasion: 0),
        personID: "P1", team: .named("alpha"), worker: "Ann", status: .overdue, list: list,
        dueOn: before, doneOn: nil, firstSeen: before, openedOn: before, reopened: 0, end: end)
    }
    news.teams = [
      TeamStanding(
        team: .named("alpha"), listed: 2, waived: 2, unsettled: 0, zeroSince: nil, oldest: before)
    ]
    news.trend.points = [
      LedgerTrend.Point(day: before, open: 2, waived: 3, opened: 0, resolved: 0, lapsed: 0),
      LedgerTrend.Point(day: report.asOf, open: 2, waived: 2, opened: 2, resolved: 2, lapsed: 1),
    ]
    report.news = news
    return report
  }

  private func page(_ name: String, of report: RunReport) throws -> String {
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let file = try #require(pageFiles(report, settings).first { $0.path.hasSuffix(name) })
    return String(decoding: file.contents, as: UTF8.self)
  }

  @Test("the dashboard, the team's page and the terminal say the same of it: nothing")
  func changes() throws {
    let report = try report()
    #expect(try page("index.html", of: report).contains("<dd>1 new, 1 put right</dd>"))
    let team = try page("drift.html", of: report)
    #expect(team.contains("1 new, 0 worse, 0 reopened, 1 put right. 1 no longer waived.</p>"))
    #expect(team.contains("<dt>Waived</dt><dd>2</dd><dd></dd>"))
    #expect(team.contains("<dt>Put right</dt><dd>1</dd>"))
    #expect(team.ranges(of: "<td class=\"news\">").count == 2)
    let terminal = terminalSummary(report, out: "out")
    #expect(terminal.contains("2016-03-24: 1 new, 0 worse, 1 put right, 0 reopened\n"))
  }

  @Test("the list of what was put right has none that was waived")
  func list() throws {
    let rows = text("teams/alpha/drift.csv", of: try report()).split(separator: "\n")
    let ended = rows.filter { $0.hasPrefix("resolved,") }
    #expect(ended.count == 1)
    #expect(ended.allSatisfy { $0.contains(",V5,") })
  }

  @Test("figures for programs count it, so that they add up over time")
  func programs() throws {
    let summary = text("summary.json", of: try report())
    #expect(summary.contains("\"opened\": 2,"))
    #expect(summary.contains("\"resolved\": 2,"))
  }

  @Test("the line of what is open leaves it out, and its figures show it beside them")
  func trend() throws {
    var report = try report()
    let page = try page("index.html", of: report)
    #expect(page.contains("<th scope=\"col\" class=\"n\">Open<th scope=\"col\" class=\"n\">Waived"))
    let figures = [2, 2, 2, 2, 1].map { "<td class=\"n\">\($0)" }.joined() + "\n"
    #expect(page.contains("<tr><th scope=\"row\">31 Mar 2016" + figures))
    #expect(page.contains("<p>The line leaves out what is waived."))
    for place in 0..<2 { report.news?.trend.points[place].waived = 0 }
    let plain = try self.page("index.html", of: report)
    #expect(!plain.contains("The line leaves out"))
    #expect(plain.contains("class=\"n\">Open<th scope=\"col\" class=\"n\">New or reopened"))
  }

  @Test("of a week, for which only the ledger's figures are there, the page says what they count")
  func week() throws {
    var report = try report()
    report.news?.teams[0].week = TeamStanding.WeekCounts(opened: 2, resolved: 2)
    let counts = "In the last seven days: 2 new, 0 worse, 0 reopened, 2 put right"
    #expect(try page("drift.html", of: report).contains(counts + ".</p>"))
    let agreed = report.asOf
    report.waivers = WaiverOutcome()
    report.waivers?.all = [
      Waiver(
        rule: "seen", table: "", record: "V2", occasion: nil, reason: "Abroad", agreedBy: "J Oak",
        agreedOn: agreed, until: agreed)
    ]
    let words = "; new, reopened and put right count what is waived as well.</p>"
    #expect(try page("drift.html", of: report).contains(counts + words))
  }
}
