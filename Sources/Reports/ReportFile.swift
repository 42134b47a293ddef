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
  reportPieces(report, RunTally(report), threads: 1).flatMap { $0() }
}

/// The same in pieces that may be made side by side.
func reportPieces(_ report: RunReport, _ tally: RunTally, threads: Int)
  -> [@Sendable () -> [ReportFile]]
{
  let slugs = TeamSlugs(tally.teams.map(\.team))
  let drift = DriftLists(report)
  var pieces: [@Sendable () -> [ReportFile]] = [
    {
      let lists = ExceptionList(report.exceptions, teams: tally.teams.map(\.team), threads: threads)
      let byTeam = tally.teams.map { team in
        ReportFile(
          path: "teams/\(slugs[team.team])/exceptions.csv",
          contents: lists.byTeam[TeamKey(team.team)] ?? [])
      }
      return [ReportFile(path: "exceptions.csv", contents: lists.all)] + byTeam
    },
    {
      [
        ReportFile(path: "measures.csv", contents: measureList(report.measures)),
        ReportFile(path: "summary.json", contents: summaryFile(report, tally, slugs).bytes),
        ReportFile(path: "run.json", contents: runFile(report).bytes),
        ReportFile(path: "metrics.prom", contents: metricsFile(report, tally)),
      ] + rejectLists(report.inputs)
    },
  ]
  for team in tally.teams {
    pieces.append {
      [
        ReportFile(
          path: "teams/\(slugs[team.team])/drift.csv", contents: drift.list(of: team))
      ]
    }
  }
  return pieces
}
