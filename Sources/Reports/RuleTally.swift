internal import Exceptions

/// A rule with its figures over all teams.
struct RuleTally {
  let rule: String
  let pack: String
  let counts: VerdictCounts
  let percent: String
  let target: String
  let rag: String
  let exceptions: Int

  /// Every rule of a run, also one that has only exceptions (`TABLE.row`) or only its words.
  static func all(of report: RunReport, exceptions: [String: Int]) -> [RuleTally] {
    var packs: [String: String] = [:]
    for rule in exceptions.keys { packs[rule] = "" }
    for rule in report.rules { packs[rule.name] = rule.pack }
    // By their places: there are as many measures as rules and teams together, and each is large.
    var figures: [String: Int] = [:]
    for place in report.measures.indices where report.measures[place].scope == .all {
      let rule = report.measures[place].rule
      figures[rule] = place
      packs[rule] = report.measures[place].pack
    }
    return inOrder(packs.keys, report.rules).map { rule in
      let measure = figures[rule].map { report.measures[$0] }
      return RuleTally(
        rule: rule, pack: packs[rule] ?? "", counts: measure?.counts ?? VerdictCounts(),
        percent: measure?.percent ?? "", target: measure?.target ?? "", rag: measure?.rag ?? "",
        exceptions: exceptions[rule] ?? 0)
    }
  }

  /// The names in the order of their bytes, which is that of the rules with their words where those are all.
  private static func inOrder(
    _ names: Dictionary<String, String>.Keys, _ rules: [RuleReport]
  ) -> [String] {
    let isSorted = zip(rules, rules.dropFirst()).allSatisfy { byteOrder($0.name, $1.name) < 0 }
    if isSorted, names.count == rules.count { return rules.map(\.name) }
    return names.sorted { byteOrder($0, $1) < 0 }
  }
}
