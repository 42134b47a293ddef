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
      let exceptions = byTeam[team.team].map(Array.init) ?? []
      let book = try teamWorkbook(
        team: team.team.shown, standing: team.sentence(after: report), exceptions: exceptions,
        rules: rules, asOf: report.asOf, doubt: workbookDoubt(exceptions, report))
      return ReportFile(path: path, contents: book)
    }
  }
}

/// Why rows may be missing from a team's workbook; empty if there is no reason to doubt.
///
/// It names the tables that are not whole and on which the rules of its rows rest; of an empty list
/// every rule is one.
func workbookDoubt(_ exceptions: [CaseException], _ report: RunReport) -> String {
  let tables = (report.tables + report.earlierTables).filter { !$0.isWhole }
  if tables.isEmpty { return "" }
  let rules = Set(exceptions.filter { $0.list != .waived }.map(\.rule))
  let read = Set(rules.compactMap { report.rule(named: $0) }.flatMap(\.reads))
  let told = tables.filter { rules.isEmpty || read.contains($0.name) }.map { table in
    let title = table.title.isEmpty ? table.name : table.title
    return EarlierName.bareName(of: table.name) == nil ? title : "\(title) of last period"
  }
  if told.isEmpty { return "" }
  let names = told.inByteOrder().joined(separator: ", ")
  return
    "Not whole this time: \(names). Rows may be missing here, or stand here only for want of records; see the sheet “Summary”."
}
