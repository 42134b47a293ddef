import Extracts
import Values

/// The keys of a table that begin with zeros, to tell what a reference means that has lost them.
///
/// Looked up only for references that point nowhere.
struct PaddedKeys {
  /// The number of a text without its zeros, and the whole of it; nil where two have the same.
  private var keys: [Text: Text?] = [:]

  /// Nil for a key of several fields, or of none that is text.
  init?(_ table: Table, fields: [Int], _ pool: StringPool) {
    guard fields.count == 1, let column = table.columns[fields[0]], column.holdsTexts else {
      return nil
    }
    for row in 0..<table.rowCount {
      let code = column.textCode(at: row)
      if code < 0 { continue }
      if TextCode.isCode(code), TextCode.digits(code)?.isPadded != true { continue }
      let text = pool.text(ofCode: code)
      let bytes = text.string.utf8
      guard bytes.first == 48, bytes.allSatisfy({ 48...57 ~= $0 }) else { continue }
      let bare = Text(String(text.string.drop { $0 == "0" }))
      keys.updateValue(keys[bare] == nil || keys[bare] == .some(text) ? text : nil, forKey: bare)
    }
  }

  /// The one key that a text becomes with zeros in front.
  func key(for text: String) -> String? {
    if text.isEmpty { return nil }
    return keys[Text(text)].flatMap { $0?.string }
  }
}
