import Values

/// One cell that breaks one constraint.
public struct CellFinding: Hashable, Sendable {
  /// The row, from 0.
  public let row: Int32
  /// The field's number.
  public let field: Int32
  /// What it breaks.
  public let constraint: CellConstraint
  /// The cell's text, decoded and unquoted.
  public let text: String
  private let source: Source

  private enum Source: Sendable {
    case words(FindingWords)
    case advisor(CellAdvisor)
  }

  init(row: Int32, field: Int32, constraint: CellConstraint, words: FindingWords) {
    (self.row, self.field, self.constraint) = (row, field, constraint)
    text = words.text
    source = .words(words)
  }

  init(
    row: Int32, field: Int32, constraint: CellConstraint, text: String, advisor: CellAdvisor
  ) {
    (self.row, self.field, self.constraint) = (row, field, constraint)
    self.text = text
    source = .advisor(advisor)
  }

  private var advice: CellWords.Advice {
    switch source {
    case .words(let words): words.advice
    case .advisor(let advisor): advisor.advice(on: constraint, text)
    }
  }

  /// What is wrong, for the list on disk: it may quote the cell.
  public var message: String { advice.message }
  /// How to put it right.
  public var fix: String { advice.fix }

  /// Whether both say the same of the same cell.
  public static func == (a: CellFinding, b: CellFinding) -> Bool {
    a.row == b.row && a.field == b.field && a.constraint == b.constraint
      && Text(a.text) == Text(b.text) && Text(a.message) == Text(b.message)
      && Text(a.fix) == Text(b.fix)
  }

  /// Hashes the place.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(row)
    hasher.combine(field)
  }
}

/// The words about all cells of a field that say the same and break the same constraint.
final class FindingWords: Sendable {
  /// The cell's text, decoded and unquoted.
  let text: String
  let advice: CellWords.Advice

  init(text: String, _ advice: CellWords.Advice) {
    self.text = text
    self.advice = advice
  }
}
