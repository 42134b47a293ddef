import Exceptions

/// The measures of the dashboard by pack, and the number of each on it.
struct MeasureGroups {
  struct Group {
    let title: String
    fileprivate(set) var rules: [RuleReport]
  }

  let inOrder: [Group]
  /// By the rule's name; a rule that is not on the dashboard has no number.
  let numbers: [String: Int]
  /// A measure of more teams than this leads to their figures instead of having them on the
  /// dashboard.
  let mostTeams: Int

  private static let constraints = "Constraints of the tables"

  init(_ report: RunReport, _ measures: MeasureContext) {
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for rule in report.rules.sorted(by: { byteOrder($0.name, $1.name) < 0 }) {
      guard MeasureGroups.isShown(rule, measures) else { continue }
      let title =
        rule.kind == .constraint ? Self.constraints : rule.pack.isEmpty ? "Rules" : rule.pack
      if let place = places[title] {
        groups[place].rules.append(rule)
      } else {
        places[title] = groups.count
        groups.append(Group(title: title, rules: [rule]))
      }
    }
    groups.sort { a, b in
      if (a.title == Self.constraints) != (b.title == Self.constraints) {
        return b.title == Self.constraints
      }
      return byteOrder(a.title, b.title) < 0
    }
    let names = groups.flatMap(\.rules).map(\.name)
    inOrder = groups
    numbers = Dictionary(
      names.enumerated().map { ($0.element, $0.offset + 1) },
      uniquingKeysWith: { first, _ in first })
    mostTeams = Self.mostTeams(names.map(measures.teams))
  }

  /// The most teams that a measure may have on the dashboard if all rows of teams are to stay within
  /// `mostRows`; `counts` are the teams of each measure.
  ///
  /// Measures times teams would grow to megabytes that nobody reads: 700 measures of 40 teams have
  /// six.
  private static func mostTeams(_ counts: [Int]) -> Int {
    var most = 40
    while most > 0, counts.filter({ $0 <= most }).reduce(0, +) > mostRows { most -= 1 }
    return most
  }

  /// A row has about 250 bytes, and the page should stay within two million with all else on it.
  private static let mostRows = 4_000

  /// Every rule with exceptions is shown, so that each can be reached.
  ///
  /// Constraints, of which there are very many, are shown only then. Rules that judged nothing are
  /// listed elsewhere, with the reason.
  private static func isShown(_ rule: RuleReport, _ measures: MeasureContext) -> Bool {
    guard measures.has(rule.name) else { return false }
    if measures.exceptions(of: rule.name) > 0 { return true }
    return rule.kind != .constraint && rule.judgedNothing.isEmpty
  }
}
