/// In what an extract is the same as an earlier one.
public enum Likeness: String, Hashable, Sendable {
  /// In every byte.
  case bytes
  /// In its records, be they in another order, under another title or in other columns.
  case records

  /// `the same bytes`.
  public var words: String { "the same \(rawValue)" }
}
