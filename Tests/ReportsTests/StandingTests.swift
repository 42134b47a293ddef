import Exceptions
import Reports
import Testing

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
}
