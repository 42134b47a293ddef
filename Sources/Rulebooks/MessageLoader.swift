import Diagnostics
import Expressions

/// Reads a message: text with expressions in braces; `{{` and `}}` stand for the braces themselves.
struct MessageLoader {
  let expressions: ExpressionLoader

  func load(_ node: YAMLNode, in scope: ExpressionScope) -> MessageTemplate? {
    let source = node.expressionSource
    let scalars = Array(source.text.unicodeScalars)
    var pieces: [MessageTemplate.Piece] = []
    var text = String.UnicodeScalarView()
    var at = 0
    func isPair(_ scalar: Unicode.Scalar) -> Bool {
      at + 1 < scalars.count && scalars[at] == scalar && scalars[at + 1] == scalar
    }
    while at < scalars.count {
      if isPair("{") || isPair("}") {
        text.append(scalars[at])
        at += 2
      } else if scalars[at] == "{" {
        if !text.isEmpty { pieces.append(.text(String(text))) }
        text = String.UnicodeScalarView()
        guard let end = closingBrace(after: at, in: scalars) else {
          expressions.collector.report(
            "this `{` is not closed", at: source.position(of: at),
            advice: "Close it with `}`, or write `{{` for the brace itself")
          return nil
        }
        let inside = String(String.UnicodeScalarView(scalars[(at + 1)..<end]))
        let place = ExpressionSource(inside, at: source.position(of: at + 1))
        guard let value = value(place, in: scope) else { return nil }
        pieces.append(.value(value))
        at = end + 1
      } else {
        text.append(scalars[at])
        at += 1
      }
    }
    if !text.isEmpty { pieces.append(.text(String(text))) }
    return MessageTemplate(pieces: pieces)
  }

  private func closingBrace(after start: Int, in scalars: [Unicode.Scalar]) -> Int? {
    var quote: Unicode.Scalar?
    var isEscaped = false
    for index in (start + 1)..<max(start + 1, scalars.count) {
      let scalar = scalars[index]
      if let open = quote {
        if isEscaped {
          isEscaped = false
        } else if scalar == "\\" {
          isEscaped = true
        } else if scalar == open {
          quote = nil
        }
      } else if scalar == "\"" || scalar == "'" {
        quote = scalar
      } else if scalar == "}" {
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
        "a message shows single values, not a \(expressions.name(of: value.type))",
        at: source.position(of: 0))
      return nil
    default: return value
    }
  }
}
