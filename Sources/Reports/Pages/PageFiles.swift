import Exceptions

/// All pages of a run, each made separately: the dashboard, the cases behind each figure, and each
/// team's drift.
///
/// A list that is too long for one page continues in `RULE.2.html`, `drift.2.html` and so on.
func pages(
  _ report: RunReport, _ tally: RunTally, _ settings: PageSettings
) -> [@Sendable () -> [ReportFile]] {
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let frame = PageFrame(report: report, settings: settings)
  let measures = MeasureContext(report)
  let groups = MeasureGroups(report, measures)
  let dashboard = Dashboard(
    frame: frame, tally: tally, slugs: slugs, measures: measures, groups: groups)
  var pages: [@Sendable () -> [ReportFile]] = [
    { [ReportFile(path: "index.html", contents: dashboard.contents)] }
  ]
  let byRule = ChosenExceptions.groups(of: report.exceptions, by: \.rule)
  for rule in report.rules {
    guard let exceptions = byRule[rule.name] else { continue }
    pages.append {
      let page = RulePage(
        frame: frame, rule: rule,
        measure: measures.context(rule, number: groups.numbers[rule.name]) ?? [:],
        exceptions: exceptions)
      return page.files
    }
  }
  let drift = DriftLists(report)
  for team in tally.teams {
    let folder = slugs.path(of: team.team)
    pages.append {
      DriftPage(frame: frame, team: team, drift: drift).files(in: folder)
    }
  }
  return pages
}
