import Exceptions

/// The exceptions of a run, counted in all, by team and by rule.
struct RunTally {
  /// All exceptions.
  private(set) var total = ExceptionTally()
  /// The teams with rows that were judged, with an exception, or known to the ledger from the run
  /// before, by the bytes of their displayed names.
  let teams: [TeamTally]
  /// All rules that have words, measures or exceptions, by the bytes of their names.
  let rules: [RuleTally]

  init(_ report: RunReport) {
    var byTeam: [TeamName: ExceptionTally] = [:]
    var byRule: [String: Int] = [:]
    for team in report.teams { byTeam[team] = ExceptionTally() }
    var standings: [TeamName: TeamStanding] = [:]
    for standing in report.news?.teams ?? [] {
      standings[standing.team] = standing
      byTeam[standing.team] = ExceptionTally()
    }
    // A team whose last exception has ended is still told so. If nothing of the team is judged any
    // more and what it had has lapsed, an empty list does not show that it is at zero.
    let judged = report.judgedTeams
    var lost = (report.news?.teamsLost ?? []).subtracting([TeamName.none])
    for entry in report.news?.ended ?? [] {
      byTeam[entry.team, default: ExceptionTally()] += ExceptionTally()
      if entry.end == .lapsed, entry.team != TeamName.none, !judged.contains(entry.team) {
        lost.insert(entry.team)
      }
    }

    // The exceptions are sorted, so one look-up does for each stretch that counts alike.
    let exceptions = report.exceptions
    var start = 0
    for place in exceptions.indices {
      let next = place + 1
      if next < exceptions.count, exceptions.areCountedAlike(next, start) { continue }
      let first = exceptions[start]
      byTeam[first.team, default: ExceptionTally()].count(first, times: next - start)
      if first.list == .drift, first.status != .late {
        var waits = ExceptionTally()
        for place in start..<next {
          waits.note(
            DriftItem(
              exceptions[place], at: .exception(Int32(truncatingIfNeeded: place)),
              asOf: report.asOf, hasLedger: report.news?.previous != nil))
        }
        byTeam[first.team, default: ExceptionTally()] += waits
      }
      byRule[first.rule, default: 0] += next - start
      start = next
    }

    // What was done late waits for nobody, though this run could not judge it.
    for (number, entry) in (report.news?.unsettled ?? []).enumerated() where entry.status != .late {
      byTeam[entry.team]?.note(
        DriftItem(
          entry, at: .unsettled(Int32(truncatingIfNeeded: number)), asOf: report.asOf))
    }

    var total = ExceptionTally()
    for tally in byTeam.values { total += tally }
    self.total = total
    // If an input cannot be trusted, finding nothing does not show that there is nothing.
    let isTrusted = !report.isUntrusted
    let teamless =
      (byTeam[TeamName.none]?.open ?? 0) + (standings[TeamName.none]?.unsettled ?? 0)
    let unevaluated = report.unevaluatedRules
    teams = byTeam.map {
      TeamTally(
        team: $0, exceptions: $1, teamless: $0 == TeamName.none ? 0 : teamless,
        isTrusted: isTrusted, isLost: lost.contains($0),
        unevaluatedRules: unevaluated, overTime: standings[$0])
    }.sorted(by: TeamTally.isBefore)
    rules = RuleTally.all(of: report, exceptions: byRule)
  }
}

/// How a team stands.
enum Standing: String {
  case atZero = "at zero"
  case notAtZero = "not at zero"
  /// Nothing was found, but the run could not read everything, or nothing of the team was there to
  /// be judged.
  case notKnown = "not known"
}

/// The exceptions of a team, counted.
struct TeamTally {
  let team: TeamName
  let exceptions: ExceptionTally
  /// How many exceptions of the run have no team: any of them may belong to this one.
  let teamless: Int
  let standing: Standing
  /// Whether nothing of the team is judged any more: what it had has lapsed with this run, or the
  /// ledger tells that it is lost.
  let isLost: Bool
  /// How many rules could not be evaluated: no team counts as being at zero for them.
  let unevaluatedRules: Int
  /// What the ledger knows of the team.
  let overTime: TeamStanding?

  init(
    team: TeamName, exceptions: ExceptionTally, teamless: Int = 0, isTrusted: Bool,
    isLost: Bool = false, unevaluatedRules: Int, overTime: TeamStanding? = nil
  ) {
    self.team = team
    self.exceptions = exceptions
    self.teamless = teamless
    self.unevaluatedRules = unevaluatedRules
    self.overTime = overTime
    self.isLost = isLost
    let open = exceptions.open + (overTime?.unsettled ?? 0)
    standing = open > 0 ? .notAtZero : isTrusted && !isLost ? .atZero : .notKnown
  }

  static func isBefore(_ a: TeamTally, _ b: TeamTally) -> Bool {
    let order = byteOrder(a.team.shown, b.team.shown)
    return order == 0 ? a.team < b.team : order < 0
  }
}
