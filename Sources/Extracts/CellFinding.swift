import Values

/// One cell that breaks one constraint.
///
/// There may be one for every cell of an extract. So its words are kept apart, once for all cells
/// that say the same.
public struct CellFinding: Hashable, Sendable {
  /// The row, from 0.
  public var row: Int32
  /// The field's number.
  public var field: Int32
  /// What it breaks.
  public var constraint: CellConstraint
  /// The cell's text, and the words about it.
  public let words: FindingWords

  /// A finding.
  public init(row: Int32, field: Int32, constraint: CellConstraint, words: FindingWords) {
    self.row = row
    self.field = field
    self.constraint = constraint
    self.words = words
  }

  /// The cell's text, decoded and unquoted.
  public var text: String { words.text }
  /// What is wrong, for the list on disk: it may quote the cell.
  public var message: String { words.message }
  /// How to put it right.
  public var fix: String { words.fix }
}

/// The words about all cells of a field that say the same and break the same constraint.
public final class FindingWords: Sendable {
  /// The cell's text, decoded and unquoted.
  public let text: String
  /// What is wrong, for the list on disk: it may quote the cell.
  public let message: String
  /// How to put it right.
  public let fix: String

  /// Words about a text.
  public init(text: String, message: String, fix: String) {
    self.text = text
    self.message = message
    self.fix = fix
  }
}

extension FindingWords: Hashable {
  /// True for the same words.
  public static func == (a: FindingWords, b: FindingWords) -> Bool {
    a === b
      || Text(a.text) == Text(b.text) && Text(a.message) == Text(b.message)
        && Text(a.fix) == Text(b.fix)
  }

  /// Hashes the text.
  public func hash(into hasher: inout Hasher) { hasher.combine(Text(text)) }
}
