public import Exceptions
public import Workbooks

/// `teams/SLUG/exceptions.xlsx` of every team.
public func workbookFiles(_ report: RunReport) throws(WorkbookFault) -> [ReportFile] {
  let tally = RunTally(report)
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let byTeam = Dictionary(grouping: report.exceptions) { TeamKey($0.team) }
  var files: [ReportFile] = []
  for team in tally.teams {
    let book = try teamWorkbook(
      team: team.team.shown, exceptions: byTeam[TeamKey(team.team)] ?? [], report: report)
    files.append(
      ReportFile(path: "teams/\(slugs[team.team])/exceptions.xlsx", contents: book))
  }
  return files
}
