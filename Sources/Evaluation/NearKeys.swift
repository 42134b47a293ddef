import Extracts
import Values

/// Finds keys of a table that differ from dangling references only in what programs change.
///
/// Excel removes zeros in front in one file and leaves them in another, a database adds `.0` to a
/// number or pads it with blanks, and people write `p1` for `P1`.
struct NearKeys {
  /// The key for the bare form of a reference; nil if several keys match.
  private var keys: [Text: Text?] = [:]

  /// Nil for a key of several fields, for one that holds no text, and if no key is near.
  init?(
    _ table: Table, fields: [Int], lookedFor column: Column?, in rows: [Int32], _ pool: StringPool
  ) {
    guard fields.count == 1, let key = table.columns[fields[0]], key.holdsTexts,
      let column, column.holdsTexts
    else { return nil }
    let codes = Set(rows.map { column.textCode(at: Int($0)) })
    let references = codes.lazy.filter { $0 >= 0 }.map { pool.text(ofCode: $0) }
    if references.isEmpty { return nil }
    let wanted = Set(references.map(Self.bare))
    let looks = Set(references.map(Self.look))
    for row in 0..<table.rowCount {
      let code = key.textCode(at: row)
      if code < 0 { continue }
      let text = pool.text(ofCode: code)
      // A table has many keys, of which hardly one is near a reference.
      guard looks.contains(Self.look(text)) else { continue }
      let bare = Self.bare(text)
      guard wanted.contains(bare) else { continue }
      keys.updateValue(keys[bare] == nil || keys[bare] == .some(text) ? text : nil, forKey: bare)
    }
    if keys.isEmpty { return nil }
  }

  /// The only key that differs from a text just in such things, and those in which it differs.
  func key(for text: String) -> (key: String, differences: [KeyDifference])? {
    guard let key = keys[Self.bare(Text(text))].flatMap({ $0?.string }) else { return nil }
    return (key, KeyDifference.between(text, key))
  }

  /// A number that texts with one bare form share.
  private static func look(_ text: Text) -> UInt64 {
    text.string.utf8.reduce(14_695_981_039_346_656_037) { look, byte in
      switch byte {
      case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"):
        (look ^ UInt64(byte)) &* 1_099_511_628_211
      case UInt8(ascii: "A")...UInt8(ascii: "Z"):
        (look ^ UInt64(byte | 32)) &* 1_099_511_628_211
      default: look
      }
    }
  }

  private static func bare(_ text: Text) -> Text {
    Text(KeyDifference.allCases.reduce(text.string) { $1.without($0) })
  }
}

/// Something in which two keys may differ that mean one thing.
enum KeyDifference: CaseIterable {
  case blanks
  case marks
  case decimals
  case capitals
  case zeros

  /// A text without what differs; each looks at what those before it have left.
  func without(_ text: String) -> String {
    switch self {
    case .blanks:
      return text.contains(where: \.isWhitespace) ? text.filter { !$0.isWhitespace } : text
    case .marks:
      // How people keep Excel from making a number of an identifier.
      if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count > 3 {
        return String(text.dropFirst(2).dropLast())
      }
      return text.hasPrefix("'") ? String(text.dropFirst()) : text
    case .decimals:
      guard let point = text.lastIndex(of: "."), point > text.startIndex else { return text }
      let isZero = { (byte: UInt8) in byte == UInt8(ascii: "0") }
      let isDigit = { (byte: UInt8) in 48...57 ~= byte }
      let decimals = text[point...].utf8.dropFirst()
      let isNumber =
        !decimals.isEmpty && decimals.allSatisfy(isZero)
        && text[..<point].utf8.allSatisfy(isDigit)
      return isNumber ? String(text[..<point]) : text
    case .capitals: return text.lowercased()
    case .zeros:
      guard text.utf8.first == UInt8(ascii: "0"), text.utf8.allSatisfy({ 48...57 ~= $0 }) else {
        return text
      }
      let bare = text.drop { $0 == "0" }
      return bare.isEmpty ? "0" : String(bare)
    }
  }

  /// Those in which two texts differ that are alike without any.
  static func between(_ a: String, _ b: String) -> [KeyDifference] {
    allCases.filter { difference in
      let others = allCases.filter { $0 != difference }
      return others.reduce(a) { $1.without($0) } != others.reduce(b) { $1.without($0) }
    }
  }
}
