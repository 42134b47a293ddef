public import Exceptions

/// All pages of a run: the dashboard, the cases behind each figure, and each team's drift.
public func pageFiles(_ report: RunReport, _ settings: PageSettings) -> [ReportFile] {
  pages(report, RunTally(report), settings).map { $0() }
}

/// The same, each to be made by itself.
func pages(
  _ report: RunReport, _ tally: RunTally, _ settings: PageSettings
) -> [@Sendable () -> ReportFile] {
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let frame = PageFrame(report: report, settings: settings)
  let measures = MeasureContext(report)
  let dashboard = Dashboard(frame: frame, tally: tally, slugs: slugs, measures: measures)
  var pages: [@Sendable () -> ReportFile] = [
    { ReportFile(path: "index.html", contents: dashboard.contents) }
  ]
  let byRule = Dictionary(grouping: report.exceptions, by: \.rule)
  for rule in report.rules {
    guard let exceptions = byRule[rule.name] else { continue }
    pages.append {
      let page = RulePage(
        frame: frame, rule: rule, measure: measures.context(rule, number: 1) ?? [:],
        exceptions: exceptions)
      return ReportFile(path: RulePage.path(of: rule.name), contents: page.contents)
    }
  }
  let drift = DriftLists(report)
  for team in tally.teams {
    let path = "teams/\(slugs[team.team])/drift.html"
    pages.append {
      let page = DriftPage(
        frame: frame, team: team, items: drift.items(of: team), standing: drift.standing(of: team))
      return ReportFile(path: path, contents: page.contents)
    }
  }
  return pages
}
