import Exceptions
import Testing
import WorkingTime

@testable import Reports

/// A run that is compared with the lists that were sent last, not with the run before.
@Suite("Since the lists that were sent last")
struct SinceListsTests {
  /// The last lists are of Monday 28 March, the run before is of the 30th; since then East is called
  /// West.
  private func report() throws -> RunReport {
    var report = emptyReport()
    let days = ["2016-03-28", "2016-03-30", "2016-03-31"].compactMap { CalendarDate(iso: $0) }
    try #require(days.count == 3)
    report.teams = [.named("west")]
    report.rules = [
      RuleReport(
        name: "seen", title: "", why: "", source: "", pack: "", table: "cases", kind: .check,
        fix: "", judgedNothing: "")
    ]
    report.exceptions = [exception("seen", .named("west")), exception("seen", .named("west"))]
    report.exceptions[0].change = .same
    report.exceptions[0].changeSinceLists = .moved
    report.exceptions[1].change = .same
    report.exceptions[1].changeSinceLists = .new
    report.measures = [
      Measure(
        rule: "seen", pack: "", scope: .all, counts: counts(met: 6), percent: "60.0", target: "",
        rag: nil)
    ]
    var since = ListNews(since: days[0])
    since.movedOut = [.named("east"): 1]
    since.movedIn = [.named("west"): 1]
    var news = LedgerNews()
    news.previous = days[1]
    news.teams = [
      TeamStanding(
        team: .named("west"), listed: 2, waived: 0, unsettled: 0, zeroSince: nil, oldest: nil)
    ]
    news.trend.points = days.map {
      LedgerTrend.Point(day: $0, open: 2, opened: 0, resolved: 0, lapsed: 0)
    }
    news.trend.rules = ["seen": [counts(met: 2), counts(met: 5), counts(met: 6)]]
    news.sinceLists = since
    report.news = news
    return report
  }

  private func counts(met: Int) -> VerdictCounts {
    var counts = VerdictCounts()
    counts.met = met
    counts.failed = 10 - met
    return counts
  }

  @Test("every figure of the pages is of the time since the lists that they name")
  func figures() throws {
    let report = try report().forReaders
    let files = pageFiles(
      report, PageSettings(brand: Brand(), templates: try PageTemplates()))
    func text(_ path: String) throws -> String {
      String(decoding: try #require(files.first { $0.path == path }).contents, as: UTF8.self)
    }
    let dashboard = try text("index.html")
    #expect(dashboard.contains("compared with 28 March 2016"))
    #expect(dashboard.contains("<dd>1 new, 0 put right</dd>"))
    let measure = try #require(MeasureContext(report).context(report.rules[0], number: 1))
    #expect(measure["change"] as? String == "+40.0")
    let west = try text("teams/west/drift.html")
    #expect(west.contains("1 new, 0 worse, 0 reopened, 0 put right. 1 came from another team."))
    let east = try text("teams/east/drift.html")
    #expect(east.contains("0 put right. 1 went to another team, and is not put right."))
  }

  @Test(
    "where the rules have changed since those lists, the dashboard says so beside its figures",
    arguments: [true, false])
  func otherRules(_ haveChanged: Bool) throws {
    var report = try report()
    report.news?.sinceLists?.hasOtherRules = haveChanged
    let files = pageFiles(
      report.forReaders, PageSettings(brand: Brand(), templates: try PageTemplates()))
    let page = try #require(files.first { $0.path == "index.html" }).contents
    let words =
      "</dl>\n<p>The rules have changed since 28 March 2016: what is new or put right may be so for that alone.</p>\n"
    #expect(String(decoding: page, as: UTF8.self).contains(words) == haveChanged)
  }

  @Test("what was done late is called new where only that is counted", arguments: [true, false])
  func newAlone(_ isCompared: Bool) throws {
    var report = try report()
    if !isCompared { report.news = nil }
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report.forReaders, settings)
    let page = try #require(files.first { $0.path == "teams/west/drift.html" }).contents
    let mail = try mail(report, settings)
    for text in [String(decoding: page, as: UTF8.self), mail] {
      #expect(text.contains("Done late or never"))
      #expect(text.contains("Done late or never, new") == isCompared)
    }
  }

  @Test(
    "a mail ends in the name of the council, where it has given one",
    arguments: [
      (Brand(), "\ncasecheck 0"), (Brand(name: "Our council"), "\nOur council, casecheck 0"),
    ])
  func mailEnd(_ brand: Brand, _ end: String) throws {
    var report = try report()
    report.version = "0"
    let text = try mail(report, PageSettings(brand: brand, templates: try PageTemplates()))
    #expect(text.contains(end), "\(text)")
  }

  private func mail(_ report: RunReport, _ pages: PageSettings) throws -> String {
    let settings = MailSettings(
      from: "a@example.gov.uk", addresses: [(team: "west", address: "b@example.gov.uk")],
      attachesLists: false, out: "/out", job: "j")
    let mails = teamMails(report, settings, pages, files: []).mails
    return String(decoding: try #require(mails.first).message.text, as: UTF8.self)
  }

  @Test("a team that is no more has a list, which does not say that it is at zero")
  func goneTeam() throws {
    let list = text("teams/east/drift.csv", of: try report())
    #expect(list.contains("Not known: nothing of the team was judged."))
    #expect(text("teams/west/drift.csv", of: try report()).contains("Not at zero: 2 exceptions."))
  }
}
