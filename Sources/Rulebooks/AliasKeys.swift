import Diagnostics
internal import Yams

/// Finds keys that are more than texts before the reader of YAML compares them.
///
/// The reader compares the keys of a mapping with all that is in them: aliases that double what they name at each
/// of forty levels would keep it at that for years, before it hands anything over.
enum AliasKeys {
  /// Where the first such key stands; nil where there is none, and where the file has no alias at all.
  static func first(in text: String, file: String) throws -> SourcePosition? {
    guard mayHaveAliases(text) else { return nil }
    // In any other place a `*` is a character like `_`: what is read is the file with names in place of aliases.
    let plain = String(
      decoding: text.utf8.map { $0 == UInt8(ascii: "*") ? UInt8(ascii: "_") : $0 }, as: UTF8.self)
    let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let parser = try Parser(yaml: plain)
    while let root = try parser.nextRoot() {
      guard let mark = first(below: root, lines) else { continue }
      return SourcePosition(file: file, line: mark.line, column: mark.column)
    }
    return nil
  }

  /// Whether an anchor and an alias may stand in the text: by their signs, where a value begins.
  private static func mayHaveAliases(_ text: String) -> Bool {
    var hasAnchor = false
    var hasAlias = false
    var last = UInt8(ascii: "\n")
    var before = last
    for byte in text.utf8 {
      // Not `&&`, nor a product with blanks around its sign.
      let isName = byte > UInt8(ascii: " ") && byte != UInt8(ascii: "&")
      if isName, last == UInt8(ascii: "&"), before != UInt8(ascii: "&") { hasAnchor = true }
      if isName, last == UInt8(ascii: "*") { hasAlias = true }
      (before, last) = (last, byte)
    }
    return hasAnchor && hasAlias
  }

  private static func first(
    below node: Node, _ lines: [Substring.UTF8View.SubSequence]
  ) -> Mark? {
    switch node {
    case .mapping(let mapping):
      for (key, value) in mapping {
        guard case .scalar = key else { return key.mark }
        if let mark = key.mark, isAlias(at: mark, lines) { return mark }
        if let mark = first(below: value, lines) { return mark }
      }
      return nil
    case .sequence(let sequence):
      for element in sequence {
        if let mark = first(below: element, lines) { return mark }
      }
      return nil
    case .scalar, .alias: return nil
    }
  }

  private static func isAlias(
    at mark: Mark, _ lines: [Substring.UTF8View.SubSequence]
  ) -> Bool {
    guard mark.line <= lines.count else { return false }
    let line = String(decoding: lines[mark.line - 1], as: UTF8.self).unicodeScalars
    return line.dropFirst(mark.column - 1).first == "*"
  }
}
