import Values

/// A record's key without the zeros before its numbers, by which a record is known whose zeros a program took away.
struct BareKey: Hashable {
  private let text: Text

  /// Nil for a key of which no part is a number.
  init?(_ record: String) {
    let parts = record.split(separator: "|", omittingEmptySubsequences: false)
    let numbers = parts.map { !$0.isEmpty && $0.utf8.allSatisfy { 48...57 ~= $0 } }
    guard numbers.contains(true) else { return nil }
    text = Text(
      zip(parts, numbers).map { part, isNumber in
        isNumber ? String(part.drop { $0 == "0" }) : String(part)
      }.joined(separator: "|"))
  }
}
