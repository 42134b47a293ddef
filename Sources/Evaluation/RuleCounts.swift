import Exceptions

/// The verdicts of one rule by team.
struct RuleCounts: Sendable {
  var rule: String
  var pack: String
  var teams: [TeamName: VerdictCounts] = [:]

  init(rule: String, pack: String) {
    self.rule = rule
    self.pack = pack
  }

  mutating func add(_ status: Verdict.Status, team: TeamName, count: Int = 1) {
    teams[team, default: VerdictCounts()].count(status, times: count)
  }

  /// Moves a number of rows from met to failed.
  mutating func fail(_ count: Int, team: TeamName) {
    teams[team, default: VerdictCounts()].met -= count
    teams[team, default: VerdictCounts()].failed += count
  }

  var all: VerdictCounts {
    teams.values.reduce(into: VerdictCounts()) { $0 += $1 }
  }
}
