import Values
import WorkingTime

/// Notes the cells of one field that break constraints.
struct FindingNotes {
  private let checks: FieldChecks
  private let isVerbatim: Bool
  private var advisor: CellAdvisor
  /// The words already found for texts, by the constraint that they break.
  ///
  /// A column that is wrong from top to bottom needs the same words again and again.
  private var known: [Broken: FindingWords] = [:]
  private var last: (constraint: CellConstraint, words: FindingWords)?

  private struct Broken: Hashable {
    let constraint: CellConstraint
    let text: Text
  }

  /// The greatest number of texts whose words are kept.
  private static let mostKnown = 10_000

  init(_ checks: FieldChecks, isVerbatim: Bool) {
    self.checks = checks
    self.isVerbatim = isVerbatim
    advisor = CellAdvisor(checks, label: checks.definition.name, isVerbatim: isVerbatim)
  }

  /// What the case system calls the field, as far as its export shows.
  var label: String { advisor.words.label }

  /// Takes the field's heading in the file that is read next.
  ///
  /// Whoever corrects a record sees the words of the case system, not the names of the rules.
  mutating func take(heading: String) {
    let shown = heading.trimmingSpaces
    let name = checks.definition.name
    take(
      label: normalHeading(shown) == normalHeading(name) ? name : advisor.words.quoted(shown))
  }

  /// Takes the heading that other notes on the same field know.
  mutating func take(headingOf other: FindingNotes) {
    if other.label != label { advisor = other.advisor }
  }

  private mutating func take(label: String) {
    if label == self.label { return }
    advisor = CellAdvisor(checks, label: label, isVerbatim: isVerbatim)
    known = [:]
    last = nil
  }

  /// Notes a cell that breaks a constraint.
  mutating func note(
    _ constraint: CellConstraint, _ cell: Span<UInt8>, row: Int32, field: Int32,
    _ findings: inout CellFindings
  ) {
    let text = cell.decoded
    if let last, last.constraint == constraint, Text(last.words.text) == Text(text) {
      return findings.append(row: row, field: field, constraint, last.words)
    }
    let broken = Broken(constraint: constraint, text: Text(text))
    if let words = known[broken] {
      last = (constraint, words)
      return findings.append(row: row, field: field, constraint, words)
    }
    guard known.count < Self.mostKnown else {
      return findings.append(row: row, field: field, constraint, text: text, advisor)
    }
    let words = FindingWords(text: text, advisor.advice(on: constraint, text))
    known[broken] = words
    last = (constraint, words)
    findings.append(row: row, field: field, constraint, words)
  }
}
