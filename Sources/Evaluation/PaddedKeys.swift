import Extracts
import Values

/// Finds keys of a table that differ from dangling references only in leading zeros.
///
/// Programs such as Excel remove leading zeros in one file and leave them in another.
struct PaddedKeys {
  /// The key for the digits of a reference without leading zeros; nil if several keys match.
  private var keys: [Text: Text?] = [:]

  /// Nil for a key of several fields, or one that holds no text.
  init?(
    _ table: Table, fields: [Int], lookedFor column: Column?, in rows: [Int32], _ pool: StringPool
  ) {
    guard fields.count == 1, let key = table.columns[fields[0]], key.holdsTexts,
      let column, column.holdsTexts
    else { return nil }
    let codes = Set(rows.map { column.textCode(at: Int($0)) })
    let wanted = Set(codes.compactMap { Self.digits(of: $0, pool)?.bare })
    if wanted.isEmpty { return nil }
    for row in 0..<table.rowCount {
      guard let (text, bare) = Self.digits(of: key.textCode(at: row), pool), wanted.contains(bare)
      else { continue }
      keys.updateValue(keys[bare] == nil || keys[bare] == .some(text) ? text : nil, forKey: bare)
    }
  }

  /// A text made only of digits, and the same without its leading zeros.
  private static func digits(of code: Int64, _ pool: StringPool) -> (text: Text, bare: Text)? {
    if code < 0 || TextCode.isCode(code) && TextCode.digits(code) == nil { return nil }
    let text = pool.text(ofCode: code)
    guard text.string.utf8.allSatisfy({ 48...57 ~= $0 }) else { return nil }
    return (text, Text(String(text.string.drop { $0 == "0" })))
  }

  /// The only key that differs from a text just in leading zeros.
  func key(for text: String) -> String? {
    let bare = text.drop { $0 == "0" }
    return bare.isEmpty ? nil : keys[Text(String(bare))].flatMap { $0?.string }
  }
}
