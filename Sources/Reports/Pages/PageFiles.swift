public import Exceptions

/// All pages of a run: the dashboard, the cases behind each figure, and each team's drift.
public func pageFiles(_ report: RunReport, _ settings: PageSettings) -> [ReportFile] {
  let tally = RunTally(report)
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let frame = PageFrame(report: report, settings: settings)
  let measures = MeasureContext(report)
  var files = [
    ReportFile(
      path: "index.html",
      contents: Dashboard(frame: frame, tally: tally, slugs: slugs, measures: measures).contents)
  ]
  let byRule = Dictionary(grouping: report.exceptions, by: \.rule)
  for rule in report.rules {
    guard let exceptions = byRule[rule.name] else { continue }
    let page = RulePage(
      frame: frame, rule: rule, measure: measures.context(rule, number: 1) ?? [:],
      exceptions: exceptions)
    files.append(ReportFile(path: RulePage.path(of: rule.name), contents: page.contents))
  }
  let drift = DriftLists(report)
  for team in tally.teams {
    let page = DriftPage(
      frame: frame, team: team, items: drift.items(of: team), standing: drift.standing(of: team))
    files.append(
      ReportFile(path: "teams/\(slugs[team.team])/drift.html", contents: page.contents))
  }
  return files
}
