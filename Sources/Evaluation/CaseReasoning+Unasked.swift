import Rulebooks

extension CaseReasoning {
  /// Longer conditions are for `casecheck rules explain`.
  private static let longestCondition = 300

  /// Why a rule asks nothing of a record.
  func reasons(forNoVerdictOn row: RowID) -> [String] {
    switch rule.omission(row) {
    case .condition:
      guard let when = rule.rule.when else { return [] }
      let words = english.words(when)
      let condition =
        words.utf8.count <= Self.longestCondition
        ? "Its condition does not hold: \(words)."
        : "Its condition does not hold; casecheck rules explain \(rule.rule.name) has it in full."
      return [condition] + values(read: when, row)
    case .inactive: return ["The rule is not active at that time."]
    case .behind:
      return ["What it asks was decided longer ago than the rule looks back."]
    case .nothingDue:
      return [
        "It has asked for nothing up to the as-of date: no occasion fell due, or its time ended before the first."
      ]
    }
  }
}
