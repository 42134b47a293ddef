import Exceptions
import GRDB

/// Teams that were no more than a misspelt name of another.
extension RunRecording {
  /// Whether a team that is judged no more was only a name on records that another team has now.
  ///
  /// All its records of some table named what another table lacks, such as a team that there is not,
  /// and each of them has been put right: it is there, and judged, as another team's. Nothing else
  /// of the team may have gone.
  func wasMisspelt(_ team: TeamName, _ recorder: RunRecorder) throws -> Bool {
    guard let number = names.known(team.shown), let last = try lastTrustedDay(),
      !recorder.unsettled.contains(where: { $0.sighting.team == number })
    else { return false }
    let ended = recorder.ended.filter { $0.sighting.team == number }
    guard ended.allSatisfy({ $0.sighting.state == .corrected }),
      try !haveRecordsGone(of: number, since: last)
    else { return false }
    for (rule, spells) in Dictionary(grouping: ended, by: \.key.rule)
    where ConstraintEnding.reference.isEnd(of: rule) {
      guard let table = spells.first?.key.table,
        report.tables.contains(where: { $0.name == table && $0.namesPeople })
      else { continue }
      let failed = try count("failed", of: rule, number, on: last)
      if failed == spells.count, try count("met", of: rule, number, on: last) == 0,
        try count("met", of: ConstraintEnding.row.name(of: table), number, on: last) == failed
      {
        return true
      }
    }
    return false
  }

  /// Whether some table of which a team had many records has as many fewer of all teams' now.
  private func haveRecordsGone(of team: Int64, since last: Int32) throws -> Bool {
    try report.tables.contains { table in
      let rule = ConstraintEnding.row.name(of: table.name)
      let own = try count("met", of: rule, team, on: last)
      guard own >= JudgedMuch.few else { return false }
      let before = try count("met", of: rule, Names.all, on: last)
      return try before - count("met", of: rule, Names.all, on: day) >= own
    }
  }

  /// How many verdicts of a kind, a column of the measures, a rule gave for a team in a run.
  private func count(
    _ kind: String, of rule: String, _ team: Int64, on day: Int32
  ) throws -> Int {
    guard let rule = names.known(rule) else { return 0 }
    return try Int.fetchOne(
      db, sql: "SELECT \(kind) FROM measure WHERE day = ? AND rule = ? AND team = ?",
      arguments: [day, rule, team]) ?? 0
  }
}
