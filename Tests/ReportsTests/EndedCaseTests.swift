import Exceptions
import Reports
import Testing
import WorkingTime

/// What has ended since the previous run, put right or not.
@Suite("Ended cases")
struct EndedCaseTests {
  /// A second run, with which a team's exceptions have ended in these ways.
  private func report(_ ends: [LedgerEntry.End]) throws -> RunReport {
    var report = emptyReport()
    report.teams = [.named("East")]
    let before = try #require(CalendarDate(iso: "2016-03-24"))
    var news = LedgerNews()
    news.previous = before
    news.ended = ends.enumerated().map { number, end in
      LedgerEntry(
        key: ExceptionKey(rule: "seen", table: "visits", record: "V\(number)", occasion: 0),
        personID: "P1", team: .named("East"), worker: "Ann", status: .overdue, list: .drift,
        dueOn: before, doneOn: nil, firstSeen: before, openedOn: before, reopened: 0, end: end)
    }
    news.trend.points = [
      LedgerTrend.Point(day: before, open: ends.count, opened: 7, resolved: 0, lapsed: 0),
      LedgerTrend.Point(
        day: report.asOf, open: 0, opened: 0, resolved: news.resolved, lapsed: news.lapsed),
    ]
    report.news = news
    return report
  }

  private struct Words {
    var page: String
    var mails: [String]
    var dashboard: String
    var terminal: String
  }

  private func words(_ ends: [LedgerEntry.End]) throws -> Words {
    let report = try report(ends)
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report, settings)
    func text(_ name: String) -> String {
      files.first { $0.path.hasSuffix(name) }.map { String(decoding: $0.contents, as: UTF8.self) }
        ?? ""
    }
    let mail = MailSettings(
      from: "a@example.gov.uk", addresses: [("East", "b@example.gov.uk")], attachesLists: false,
      out: "out", job: "0a1b2c3d")
    let message = try #require(
      teamMails(report, mail, settings, files: files).mails.first
    ).message
    return Words(
      page: text("drift.html"),
      mails: [message.text, message.html].map { String(decoding: $0, as: UTF8.self) },
      dashboard: text("index.html"), terminal: terminalSummary(report, out: "out"))
  }

  @Test("what ended without being put right stands beside what was, so that the figures add up")
  func lapsed() throws {
    let words = try words([.corrected, .lapsed, .lapsed, .withdrawn])
    for text in [words.page] + words.mails {
      #expect(text.contains("0 reopened, 1 put right, 3 no longer looked at."), "\(text)")
    }
    #expect(words.dashboard.contains("<dd>0 new, 1 put right, 3 no longer looked at</dd>"))
    #expect(
      words.dashboard.contains(
        "<td class=\"n\">0<td class=\"n\">0<td class=\"n\">1<td class=\"n\">3\n"))
    #expect(
      words.terminal.replacing("\n", with: " ").contains(
        "1 put right, 0 reopened, 3 no longer looked at (1 of rules taken out)"))
  }

  @Test("a list is called by its day: the job may run every night")
  func day() throws {
    let words = try words([])
    #expect(words.page.contains("<title>East: list of 31 March 2016 - casecheck</title>"))
    #expect(words.mails[0].hasPrefix("East: list of 31 March 2016\n"))
    #expect(words.mails[1].contains("<title>East: list of 31 March 2016</title>"))
    for text in [words.page] + words.mails { #expect(!text.lowercased().contains("weekly")) }
  }

  @Test("where nothing did, it is not spoken of")
  func none() throws {
    let words = try words([.corrected])
    for text in [words.page, words.terminal] + words.mails {
      #expect(text.contains("1 put right"))
      #expect(!text.contains("no longer looked at"))
    }
  }
}
