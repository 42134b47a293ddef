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
        name: "one", title: "", why: "", source: "", pack: "", table: "cases", kind: "check",
        fix: "", judgedNothing: "")
    ]
    report.rules[0].isEvaluated = row.input.1
    #expect(text("teams/alpha/drift.csv", of: report).contains(row.output))
  }
}
