import Diagnostics
import Expressions

/// Reads a message: text with expressions in braces; `{{` and `}}` stand for the braces themselves.
struct MessageLoader {
  let expressions: ExpressionLoader

  func load(_ node: YAMLNode, in scope: ExpressionScope) -> MessageTemplate? {
    let source = node.expressionSource
    // All delimiters of a message are ASCII, so its bytes can be searched directly.
    let bytes = Array(source.text.utf8)
    var pieces: [MessageTemplate.Piece] = []
    var text: [UInt8] = []
    var at = 0
    var isWhole = true
    func isPair(_ byte: UInt8) -> Bool {
      at + 1 < bytes.count && bytes[at] == byte && bytes[at + 1] == byte
    }
    func place(of offset: Int) -> SourcePosition {
      source.position(of: bytes[..<offset].count { $0 & 0xC0 != 0x80 })
    }
    while at < bytes.count {
      if isPair(Self.open) || isPair(Self.close) {
        text.append(bytes[at])
        at += 2
      } else if bytes[at] == Self.open {
        if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
        text = []
        guard let end = closingBrace(after: at, in: bytes) else {
          expressions.collector.report(
            "this `{` is not closed", at: place(of: at),
            advice: "Close it with `}`, or write `{{` for the brace itself")
          return nil
        }
        let inside = String(decoding: bytes[(at + 1)..<end], as: UTF8.self)
        let piece = part(of: source, inside, from: at + 1, in: bytes)
        // The pieces after a faulty one may be misread, too.
        if let value = value(piece, in: scope) {
          pieces.append(.value(value))
        } else {
          isWhole = false
        }
        at = end + 1
      } else {
        text.append(bytes[at])
        at += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(String(decoding: text, as: UTF8.self))) }
    return isWhole ? MessageTemplate(pieces: pieces) : nil
  }

  /// An expression within a message, with positions given by the lines of the message.
  private func part(
    of whole: ExpressionSource, _ text: String, from start: Int, in bytes: [UInt8]
  ) -> ExpressionSource {
    let first = bytes[..<start].count { $0 & 0xC0 != 0x80 }
    let lines = whole.lineStarts.filter { $0.offset > first }.map {
      ExpressionSource.LineStart(offset: $0.offset - first, position: $0.position)
    }
    let start = ExpressionSource.LineStart(offset: 0, position: whole.position(of: first))
    var part = ExpressionSource(text, lineStarts: [start] + lines)
    part.areLinesKnown = whole.areLinesKnown
    return part
  }

  private static let open = UInt8(ascii: "{")
  private static let close = UInt8(ascii: "}")

  private func closingBrace(after start: Int, in bytes: [UInt8]) -> Int? {
    var quote: UInt8?
    var isEscaped = false
    for index in (start + 1)..<max(start + 1, bytes.count) {
      let byte = bytes[index]
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == open {
          quote = nil
        }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == Self.close {
        return index
      }
    }
    return nil
  }

  private func value(_ source: ExpressionSource, in scope: ExpressionScope) -> CheckedExpression? {
    let collector = expressions.collector
    guard
      let value = TypeChecker.check(
        source, schema: expressions.schema, scope: scope, diagnostics: &collector.diagnostics)
    else { return nil }
    switch value.type {
    case .list, .row, .period:
      collector.report(
        "a message shows single values, not \(expressions.withArticle(value.type))",
        at: source.position(of: 0))
      return nil
    default: return value
    }
  }
}
