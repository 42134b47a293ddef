import Exceptions
import Reports
import Testing

/// Two teams whose names differ by blanks alone, of which one is at zero.
@Suite("Names of teams as people read them")
struct TeamNamesShownTests {
  private func report() -> RunReport {
    var report = emptyReport()
    report.teams = [.named("East"), .named("East "), .named("Far  East")]
    report.rules = [
      RuleReport(
        name: "seen", title: "", why: "", source: "", pack: "", table: "cases", kind: .check,
        fix: "", judgedNothing: "")
    ]
    report.exceptions = [exception("seen", .named("East "))]
    report.measures = report.teams.map { team in
      Measure(
        rule: "seen", pack: "", scope: .team(team), counts: VerdictCounts(), percent: "",
        target: "", rag: nil)
    }
    report.measures.insert(
      Measure(
        rule: "seen", pack: "", scope: .all, counts: VerdictCounts(), percent: "", target: "",
        rag: nil), at: 0)
    return report
  }

  @Test("pages, mails and terminals tell such teams apart")
  func people() throws {
    let report = report()
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report, settings)
    func page(_ path: String) -> String {
      files.first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
    }
    let dashboard = page("index.html")
    for name in ["East", "East␣", "Far␣␣East"] {
      #expect(dashboard.contains(">\(name)</a><td>"), "\(name)")
      #expect(dashboard.contains("<th scope=\"row\">\(name)<td>"), "\(name)")
    }
    #expect(page("rules/seen.html").contains("<td class=\"missing\">East␣<td"))
    let folder = slug(for: .named("East "))
    #expect(page("teams/\(folder)/drift.html").contains("<h1>East␣</h1>"))
    #expect(terminalSummary(report, out: "out").contains("  East␣ "))

    let mail = MailSettings(
      from: "a@example.gov.uk", addresses: [("East ", "b@example.gov.uk")], attachesLists: false,
      out: "out", job: "job")
    let mails = teamMails(report, mail, settings, files: []).mails
    #expect(
      mails.map(\.message.subject)
        == ["East␣: 1 exception to put right, as of 31 March 2016"])
  }

  @Test("lists for programs keep the names")
  func programs() {
    for name in ["exceptions.csv", "measures.csv", "summary.json", "metrics.prom"] {
      let list = text(name, of: report())
      #expect(list.contains("East "), "\(name)")
      #expect(!list.contains("␣"), "\(name)")
    }
  }
}
