import Exceptions
import Reports
import Testing

/// A run of very many teams.
@Suite("Many teams")
struct ManyTeamsTests {
  /// The dashboard and the page of a rule with exceptions, of this many teams; another rule has
  /// none.
  private func pages(_ teams: Int) throws -> (dashboard: String, rule: String) {
    var report = figuresReport()
    report.exceptions = [exception("seen", .named("Team 1"), list: .drift)]
    report.rules = ["aside", "seen"].map { name in
      RuleReport(
        name: name, title: name, why: "", source: "", pack: "statutory", table: "visits",
        kind: .check, fix: "", judgedNothing: "")
    }
    let all = try #require(report.measures.first { $0.rule == "seen" && $0.scope == .all })
    report.measures = []
    for rule in ["aside", "seen"] {
      var measure = all
      measure.rule = rule
      report.measures.append(measure)
      for number in 1...teams {
        measure.scope = .team(.named("Team \(number)"))
        report.measures.append(measure)
      }
    }
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let files = pageFiles(report, settings)
    func text(_ path: String) throws -> String {
      String(decoding: try #require(files.first { $0.path == path }).contents, as: UTF8.self)
    }
    return (try text("index.html"), try text("rules/seen.html"))
  }

  @Test(
    "the dashboard has their figures unless they are very many, and the page of a rule has them",
    arguments: [(1, 2), (40, 2), (41, 1), (150, 1)])
  func tables(_ teams: Int, _ tables: Int) throws {
    let (dashboard, rule) = try pages(teams)
    // One that has no page of its own keeps them here.
    #expect(dashboard.ranges(of: "<caption class=\"unseen\">By team</caption>").count == tables)
    let link =
      "<p>The figures of the \(teams) teams are on <a href=\"./rules/seen.html#figure\">the page of this measure</a>.</p>"
    #expect(dashboard.contains(link) == (tables == 1))
    #expect(rule.contains("<h2 id=\"figure\">"))
    #expect(rule.ranges(of: "<tr><th scope=\"row\">Team ").count == teams)
  }
}
