import Diagnostics

extension CaseFile {
  /// All rules that were asked about the child, of constraints only those with a finding.
  private var rules: [String] { findings.map(\.rule) + silent + notEvaluated.map(\.rule) }

  /// Whether a rule of this name was asked, or is a constraint (which has a dot in its name).
  public func knows(_ rule: String) -> Bool { rule.contains(".") || rules.contains(rule) }

  /// Asks whether a rule of another name was meant; nil if none is near.
  public func suggestion(for rule: String) -> String? {
    Diagnostics.suggestion(for: rule, among: Set(rules).inByteOrder())
  }
}
