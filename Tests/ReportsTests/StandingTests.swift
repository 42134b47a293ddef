import Exceptions
import Reports
import Testing
import WorkingTime

struct StandingTests {
  @Test(
    arguments: [
      Row("nothing", ([], true), "At zero."),
      Row("another team's", ([exception("one", .named("beta"))], true), "At zero."),
      Row(
        "nobody's", ([exception("one", .none), exception("two", .none, list: .waived)], true),
        "At zero; 1 exception under (no team) may be any team's."),
      Row(
        "a rule that could not look", ([], false),
        "At zero by the rules that could be evaluated; 1 rule could not."),
      Row("its own", ([exception("one", .named("alpha"))], true), "Not at zero: 1 exception."),
      Row(
        "its own and nobody's",
        ([exception("one", .none), exception("one", .named("alpha"))], true),
        "Not at zero: 1 exception."),
    ] as [Row<([CaseException], Bool), String>])
  func isSaidWithWhatItRestsOn(_ row: Row<([CaseException], Bool), String>) {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    report.exceptions = row.input.0
    report.rules = [
      RuleReport(
        name: "one", title: "", why: "", source: "", pack: "", table: "cases", kind: .check,
        fix: "", judgedNothing: "")
    ]
    report.rules[0].isEvaluated = row.input.1
    #expect(text("teams/alpha/drift.csv", of: report).contains(row.output))
  }

  @Test(
    "what earlier runs found and this one could not judge stands apart from what is listed",
    arguments: [
      Row(
        "both", 2, "Not at zero: 2 exceptions, and 3 more of earlier runs that could not be judged."
      ),
      Row(
        "one", 1, "Not at zero: 1 exception, and 3 more of earlier runs that could not be judged."),
      Row(
        "nothing listed", 0,
        "Not at zero: nothing is listed, but 3 exceptions of earlier runs could not be judged."),
    ] as [Row<Int, String>])
  func countsWhatWasNotJudgedApart(_ row: Row<Int, String>) {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    report.exceptions = (0..<row.input).map { _ in exception("one", .named("alpha")) }
    var news = LedgerNews()
    news.teams = [
      TeamStanding(
        team: .named("alpha"), listed: row.input, waived: 0, unsettled: 3, zeroSince: nil,
        oldest: nil)
    ]
    report.news = news
    #expect(text("teams/alpha/drift.csv", of: report).contains(row.output))
  }

  @Test(
    "that the rules changed on the day since which a team is at zero is said with it",
    arguments: [
      Row("the same", false, "At zero since 2016-03-30."),
      Row("others", true, "At zero since 2016-03-30 (the rules changed that day)."),
    ] as [Row<Bool, String>])
  func saysThatTheRulesChanged(_ row: Row<Bool, String>) {
    var report = emptyReport()
    report.teams = [.named("alpha")]
    var team = TeamStanding(
      team: .named("alpha"), listed: 0, waived: 0, unsettled: 0,
      zeroSince: CalendarDate(iso: "2016-03-30"), oldest: nil)
    team.isZeroSinceOtherRules = row.input
    var news = LedgerNews()
    news.teams = [team]
    report.news = news
    #expect(text("teams/alpha/drift.csv", of: report).contains(row.output))
  }

  @Test("the subject of a mail says since when no extract has changed, where a team is at zero")
  func saysOfWhichDayTheExtractsAre() throws {
    let last = try #require(CalendarDate(iso: "2016-03-30"))
    let first = try #require(CalendarDate(iso: "2016-03-02"))
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let mail = MailSettings(
      from: "a@example.gov.uk", addresses: [], attachesLists: false, out: "/out", job: "job")
    func subject(_ staleness: Staleness?, _ exceptions: [CaseException] = []) -> String? {
      var report = emptyReport()
      report.teams = [.named("alpha")]
      report.addresses = [.named("alpha"): "alpha@example.gov.uk"]
      report.exceptions = exceptions
      report.staleness = staleness
      return teamMails(report, mail, settings, files: []).mails.first?.message.subject
    }
    let all = Staleness(run: last, since: first)
    #expect(
      subject(all)
        == "alpha: at zero, by extracts unchanged since 2 March 2016, as of 31 March 2016")
    #expect(subject(nil) == "alpha: at zero, as of 31 March 2016")
    #expect(
      subject(Staleness(run: last, some: Staleness.Share(same: 2, all: 3)))
        == "alpha: at zero, as of 31 March 2016")
    #expect(
      subject(all, [exception("one", .named("alpha"))])
        == "alpha: 1 exception to put right, as of 31 March 2016")
  }
}
