public import Exceptions

/// A file of a run, before anything is written.
public struct ReportFile: Sendable {
  /// The path below OUT, with `/`.
  public var path: String
  /// The whole file.
  public var contents: [UInt8]

  /// A file of a run.
  public init(path: String, contents: [UInt8]) {
    self.path = path
    self.contents = contents
  }
}

/// All files of a run that are lists or figures: CSV, JSON and metrics.
///
/// The same report gives the same bytes. `report.exceptions` and `report.measures` are written in the
/// order they have.
public func reportFiles(_ report: RunReport) -> [ReportFile] {
  reportFiles(report, RunTally(report))
}

func reportFiles(_ report: RunReport, _ tally: RunTally) -> [ReportFile] {
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let lists = ExceptionList(report.exceptions, teams: tally.teams.map(\.team))
  var files = [
    ReportFile(path: "exceptions.csv", contents: lists.all),
    ReportFile(path: "measures.csv", contents: measureList(report.measures)),
    ReportFile(path: "summary.json", contents: summaryFile(report, tally, slugs).bytes),
    ReportFile(path: "run.json", contents: runFile(report).bytes),
  ]
  let drift = DriftLists(report)
  for team in tally.teams {
    let folder = "teams/\(slugs[team.team])"
    files.append(
      ReportFile(
        path: folder + "/exceptions.csv", contents: lists.byTeam[TeamKey(team.team)] ?? []))
    files.append(ReportFile(path: folder + "/drift.csv", contents: drift.list(of: team)))
  }
  files.append(ReportFile(path: "metrics.prom", contents: metricsFile(report, tally)))
  return files + rejectLists(report.inputs)
}
