import Exceptions
import Rulebooks

/// The result of one rule on some rows.
struct RuleResult: Sendable {
  var counts: RuleCounts
  /// The verdicts that need a person.
  private(set) var found: [FoundVerdict] = []
  /// What falls due within the warning time, for drift lists.
  private(set) var dueSoon: [FoundVerdict] = []
  /// The groups of a limit that need a person.
  var groups: [CaseException] = []
  /// Groups of a limit that each hold and together would not, called the same in other words: the
  /// first rows of each such set.
  private(set) var divided: Set<[Int32]> = []
  /// The places of the constraint exceptions that explain why rows could not be judged.
  var blocked: [Int] = []
  /// The teams of the verdicts, by the numbers used in them.
  var teams: TeamNumbers
  /// The rows already listed, for a rule that marks other rows than the judged one.
  private var marked: Set<RowID> = []
  private var markedHere: Set<RowID> = []
  private var marks: [FoundVerdict] = []

  /// Starts empty; all results of one rule must number their `teams` alike.
  init(rule: Rule, teams: [TeamName]) {
    counts = RuleCounts(rule: rule.name, pack: rule.pack)
    self.teams = TeamNumbers(teams)
  }

  /// The teams that have to act on the verdicts.
  var teamsFound: [TeamName] {
    var isFound = [Bool](repeating: false, count: teams.names.count)
    for verdict in found { isFound[Int(verdict.team)] = true }
    return teams.names.indices.filter { isFound[$0] }.map { teams.names[$0] }
  }

  /// Notes groups that would break the limit together.
  mutating func note(divided rows: [Int32]) {
    if !rows.isEmpty { divided.insert(rows) }
  }

  /// Lists a verdict.
  mutating func list(_ verdict: FoundVerdict) { found.append(verdict) }

  /// Lists what falls due soon.
  mutating func listSoon(_ verdict: FoundVerdict) { dueSoon.append(verdict) }

  /// Lists a record that a rule marks, unless an earlier row has marked it.
  mutating func mark(_ row: RowID, _ verdict: (inout TeamNumbers) -> FoundVerdict) {
    guard markedHere.insert(row).inserted else { return }
    marks.append(verdict(&teams))
  }

  /// Makes room for that many verdicts.
  mutating func expect(_ count: Int) { found.reserveCapacity(count) }

  /// Adds the result on later rows.
  ///
  /// A record marked by several failing rows is listed once.
  mutating func append(_ other: RuleResult) {
    for (team, count) in other.counts.teams {
      counts.teams[team, default: VerdictCounts()] += count
    }
    let numbers = other.teams.names.map { teams.number(of: $0) }
    func renumbered(_ verdict: FoundVerdict) -> FoundVerdict {
      var verdict = verdict
      verdict.team = numbers[Int(verdict.team)]
      return verdict
    }
    found += other.found.lazy.map(renumbered)
    dueSoon += other.dueSoon.lazy.map(renumbered)
    groups += other.groups
    blocked += other.blocked
    divided.formUnion(other.divided)
    for verdict in other.marks where marked.insert(verdict.marked).inserted {
      found.append(renumbered(verdict))
    }
  }
}
