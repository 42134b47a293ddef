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
  }

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
