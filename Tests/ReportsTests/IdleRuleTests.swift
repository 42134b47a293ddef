import Exceptions
import Testing

@testable import Reports

/// Rules that judged nothing, for want of an input or of records to judge.
@Suite("Rules that judged nothing")
struct IdleRuleTests {
  /// A run with this many rules and constraints that could not be asked, and others that found
  /// nothing.
  private func report(_ rules: Int, _ constraints: Int, idle: Int) -> RunReport {
    func rule(_ name: String, _ kind: RuleReport.Kind, isEvaluated: Bool) -> RuleReport {
      var rule = RuleReport(
        name: name, title: name, why: "", source: "", pack: "", table: "plans", kind: kind, fix: "",
        judgedNothing: isEvaluated ? "plans has no rows" : "there is no extract of plans")
      rule.isEvaluated = isEvaluated
      return rule
    }
    var report = emptyReport()
    report.teams = [.named("alpha")]
    var all = (0..<constraints).map { rule("plans.f\($0).type", .constraint, isEvaluated: false) }
    all += (0..<idle).map { rule("empty-\($0)", .check, isEvaluated: true) }
    all += (0..<rules).map { rule("missing-\($0)", .check, isEvaluated: false) }
    report.rules = all
    return report
  }

  @Test(
    "those that could not be asked are counted apart from those that found nothing to judge",
    arguments: [
      Row(
        "all kinds", (2, 1, 1),
        "3 rules and 1 constraint (2 rules and 1 constraint could not be asked: no file or no heading; 1 found nothing to judge)"
      ),
      Row(
        "one not asked", (1, 0, 0),
        "1 rule (1 rule could not be asked: no file or no heading)"),
      Row(
        "constraints alone", (0, 2, 0),
        "2 constraints (2 constraints could not be asked: no file or no heading)"),
      Row("nothing to judge", (0, 0, 1_000), "1,000 rules (1,000 found nothing to judge)"),
    ] as [Row<(Int, Int, Int), String>])
  func counts(_ row: Row<(Int, Int, Int), String>) throws {
    let report = report(row.input.0, row.input.1, idle: row.input.2)
    let words = "Judged nothing: " + row.output
    #expect(
      terminalSummary(report, out: "out").replacing("\n", with: " ").contains(words + " "))
    #expect(runBrief(report, out: "out").replacing("\n", with: " ").contains(words + "; "))
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let page = try #require(pageFiles(report, settings).first { $0.path == "index.html" })
    let text = String(decoding: page.contents, as: UTF8.self)
    #expect(text.contains("<p>\(row.output).</p>"))
    // The tile counts the rules alone for which no team can be at zero.
    let unasked = counted(row.input.0, "rule")
    #expect(
      text.contains("<dd>\(unasked) could not be asked: no file or no heading</dd>")
        == (row.input.0 > 0))
  }
}
