import Values

/// Puts together the words about cells of one field, under one heading, that break constraints.
///
/// A class, so that all findings of the field share it; nothing in it changes.
final class CellAdvisor: Sendable {
  let words: CellWords
  private let checks: FieldChecks
  /// Whether a cell is checked as it stands, with the spaces around it.
  private let isVerbatim: Bool

  init(_ checks: FieldChecks, label: String, isVerbatim: Bool) {
    words = CellWords(checks.definition, label: label)
    self.checks = checks
    self.isVerbatim = isVerbatim
  }

  /// What is said of a cell that breaks a constraint.
  func advice(on constraint: CellConstraint, _ cell: String) -> CellWords.Advice {
    switch constraint {
    case .required: return words.required
    case .type: return words.type(cell)
    case .enum:
      let meant = meant(by: cell)
      let isCode = checks.codes?.contains(meant.utf8Span.span) == false
      return isCode ? words.code(meant) : words.allowed(meant)
    case .minimum: return words.minimum(cell, checks.minimum?.words ?? "")
    case .maximum: return words.maximum(cell, checks.maximum?.words ?? "")
    case .pattern: return words.pattern(cell, checks.pattern)
    case .minLength:
      return words.tooShort(cell, meant(by: cell).unicodeScalars.count, checks.minLength ?? 0)
    case .maxLength:
      return words.tooLong(cell, meant(by: cell).unicodeScalars.count, checks.maxLength ?? 0)
    }
  }

  private func meant(by cell: String) -> String {
    if isVerbatim { return cell }
    let bytes = cell.utf8Span.span
    return bytes.extracting(bytes.rangeWithoutSpaces()).decoded
  }
}
