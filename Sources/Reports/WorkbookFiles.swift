import Exceptions
import Workbooks

/// `teams/SLUG/exceptions.xlsx` of every team, each made separately.
func workbooks(
  _ report: RunReport, _ tally: RunTally
) -> [@Sendable () throws -> ReportFile] {
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let rules = report.rulesByName
  let byTeam = ChosenExceptions.groups(of: report.exceptions, by: \.team)
  return tally.teams.map { team in
    let path = slugs.path(of: team.team, "exceptions.xlsx")
    return {
      let book = try teamWorkbook(
        team: team.team.inWords,
        standing: team.sentence(after: report, inWorkbook: true, dayWords),
        exceptions: byTeam[team.team].map(Array.init) ?? [], rules: rules,
        asOf: report.asOf)
      return ReportFile(path: path, contents: book)
    }
  }
}
