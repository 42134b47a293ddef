import Diagnostics

extension CaseFile {
  /// All rules that were asked about the child, of constraints only those with a finding.
  private var rules: [String] { findings.map(\.rule) + silent + notEvaluated.map(\.rule) }

  /// Whether a rule or a constraint of this name was asked about the child.
  public func knows(_ rule: String) -> Bool {
    constraints.contains(rule) || rules.contains(rule)
  }

  /// Asks whether a rule of another name was meant; nil if none is near.
  public func suggestion(for rule: String) -> String? {
    Diagnostics.suggestion(for: rule, among: constraints.union(rules).inByteOrder())
  }
}
