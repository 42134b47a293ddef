import Exceptions

/// The exceptions of a run counted, and its rules and teams with their counts.
struct RunTally {
  /// All exceptions.
  private(set) var total = ExceptionTally()
  /// The teams that had rows judged or have an exception, by the bytes of their shown names.
  let teams: [TeamTally]
  /// All rules: those of the rules, of the measures and of the exceptions, by the bytes of their
  /// names.
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
    // A team whose last exception has come to an end still hears of it.
    for entry in report.news?.ended ?? [] {
      byTeam[entry.team, default: ExceptionTally()] += ExceptionTally()
    }

    // The exceptions come sorted: a look-up for each stretch that counts alike, not for each row.
    let exceptions = report.exceptions
    var start = 0
    for place in exceptions.indices {
      let next = place + 1
      if next < exceptions.count, exceptions.areCountedAlike(next, start) { continue }
      let first = exceptions[start]
      byTeam[first.team, default: ExceptionTally()].count(first, times: next - start)
      byRule[first.rule, default: 0] += next - start
      start = next
    }

    var total = ExceptionTally()
    for tally in byTeam.values { total += tally }
    self.total = total
    // Where some input cannot be trusted, finding nothing does not show that nothing is there.
    let isTrusted = !report.isUntrusted
    let teamless =
      (byTeam[TeamName.none]?.open ?? 0) + (standings[TeamName.none]?.unsettled ?? 0)
    teams = byTeam.map {
      TeamTally(
        team: $0, exceptions: $1, teamless: $0 == TeamName.none ? 0 : teamless,
        isTrusted: isTrusted, unevaluatedRules: report.unevaluatedRules, overTime: standings[$0])
    }.sorted(by: TeamTally.isBefore)
    rules = RuleTally.all(of: report, exceptions: byRule)
  }
}

/// How a team stands.
enum Standing: String {
  case atZero = "at zero"
  case notAtZero = "not at zero"
  /// Nothing was found, in a run that could not read everything.
  case notKnown = "not known"
}

/// The exceptions of a team counted.
struct TeamTally {
  let team: TeamName
  let exceptions: ExceptionTally
  /// How many exceptions of the run stand under no team: any of them may be this one's.
  let teamless: Int
  let standing: Standing
  /// How many rules could not be evaluated: no team is at zero by them.
  let unevaluatedRules: Int
  /// What the ledger knows of it.
  let overTime: TeamStanding?

  init(
    team: TeamName, exceptions: ExceptionTally, teamless: Int = 0, isTrusted: Bool,
    unevaluatedRules: Int, overTime: TeamStanding? = nil
  ) {
    self.team = team
    self.exceptions = exceptions
    self.teamless = teamless
    self.unevaluatedRules = unevaluatedRules
    self.overTime = overTime
    let open = exceptions.open + (overTime?.unsettled ?? 0)
    standing = open > 0 ? .notAtZero : isTrusted ? .atZero : .notKnown
  }

  static func isBefore(_ a: TeamTally, _ b: TeamTally) -> Bool {
    let order = byteOrder(a.team.shown, b.team.shown)
    return order == 0 ? a.team < b.team : order < 0
  }
}
