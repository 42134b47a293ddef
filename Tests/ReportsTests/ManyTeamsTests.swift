import Exceptions
import Reports
import Testing

/// A run of very many teams.
@Suite("Many teams")
struct ManyTeamsTests {
  /// The dashboard and the page of a rule with exceptions, of this many teams; the others have none.
  private func pages(
    _ teams: Int, _ rules: [String] = ["aside", "seen"], lists: Bool = true
  ) throws -> (dashboard: String, rule: String) {
    var report = figuresReport()
    report.exceptions = [exception("seen", .named("Team 1"), list: .drift)]
    report.rules = rules.map { name in
      RuleReport(
        name: name, title: name, why: "", source: "", pack: "statutory", table: "visits",
        kind: .check, fix: "", judgedNothing: "")
    }
    let all = try #require(report.measures.first { $0.rule == "seen" && $0.scope == .all })
    report.measures = []
    for rule in rules {
      var measure = all
      measure.rule = rule
      report.measures.append(measure)
      for number in 1...teams {
        measure.scope = .team(.named("Team \(number)"))
        report.measures.append(measure)
      }
    }
    var settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    settings.hasLists = lists
    let files = pageFiles(report, settings)
    func text(_ path: String) throws -> String {
      String(decoding: try #require(files.first { $0.path == path }).contents, as: UTF8.self)
    }
    return (try text("index.html"), try text("rules/seen.html"))
  }

  @Test(
    "the dashboard has their figures unless they are very many, and the page of a rule has them",
    arguments: [(1, 2), (40, 2), (41, 0), (150, 0)])
  func tables(_ teams: Int, _ tables: Int) throws {
    let (dashboard, rule) = try pages(teams)
    #expect(dashboard.ranges(of: "<caption class=\"unseen\">By team</caption>").count == tables)
    let link =
      "<p>The figures of the \(teams) teams are on <a href=\"./rules/seen.html#figure\">the page of this measure</a>.</p>"
    #expect(dashboard.contains(link) == (tables == 0))
    let list =
      "<p>The figures of the \(teams) teams are in <a href=\"./measures.csv\">measures.csv</a>. None of its cases is on a list.</p>"
    #expect(dashboard.contains(list) == (tables == 0))
    #expect(rule.contains("<h2 id=\"figure\">"))
    #expect(rule.ranges(of: "<tr><th scope=\"row\">Team ").count == teams)
  }

  @Test("many measures of many teams have them elsewhere as well, those of few teams last")
  func measures() throws {
    let rules = ["seen"] + (1...110).map { "aside-\($0)" }
    let caption = "<caption class=\"unseen\">By team</caption>"
    #expect(try pages(36, rules).dashboard.ranges(of: caption).count == 111)
    #expect(try pages(37, rules).dashboard.ranges(of: caption).isEmpty)
  }

  @Test("without a list of measures the page says where to have it")
  func withoutLists() throws {
    let dashboard = try pages(41, lists: false).dashboard
    #expect(!dashboard.contains("href=\"./measures.csv\""))
    #expect(
      dashboard.contains("teams are in measures.csv, which a run writes with the format csv."))
  }

  @Test("of more than 30 teams one is found by its name", arguments: [(30, false), (31, true)])
  func search(_ teams: Int, _ isSearched: Bool) throws {
    var report = emptyReport()
    report.teams = (1...teams).map { .named("Team \($0)") }
    let settings = PageSettings(brand: Brand(), templates: try PageTemplates())
    let page = try #require(pageFiles(report, settings).first { $0.path == "index.html" })
    let dashboard = String(decoding: page.contents, as: UTF8.self)
    let form = "<form class=\"tools\" data-noun=\"teams\" hidden>\n<label>Find a team <input"
    #expect(dashboard.contains(form) == isSearched)
    #expect(dashboard.contains("<table class=\"teams cards sort filter\">") == isSearched)
    #expect(dashboard.contains("<table class=\"teams cards sort\">") == !isSearched)
    // Each form has a place of its own that says what is shown.
    #expect(dashboard.ranges(of: "role=\"status\"").count == (isSearched ? 2 : 1))
  }
}
