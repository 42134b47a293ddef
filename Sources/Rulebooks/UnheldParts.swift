import Expressions
import Extracts
import Values

/// Texts that are compared with a part of a code, or with a code in small or capital letters.
extension UnheldTexts {
  /// A field, and what a function makes of each of its codes.
  private struct Held {
    var field: FieldDefinition
    var texts: [String]
    /// How they are written then, before the rest of a sentence.
    var manner = ""
  }

  /// Warns of each such text that fits no code of its field.
  func warnOfParts() {
    rulebook.forEachExpression { expression in
      expression.node.walk { warnOfPart($0, in: expression) }
    }
  }

  private func warnOfPart(_ node: CheckedExpression.Node, in expression: CheckedExpression) {
    switch node {
    case .comparison(.equal, let a, let b), .comparison(.notEqual, let a, let b),
      .same(let a, let b):
      for (one, other) in [(a, b), (b, a)] { warnOfWhole(one, [other], in: expression) }
    case .contains(let element, .list(let texts)):
      warnOfWhole(element, texts, in: expression)
    case .call(let function, let arguments) where arguments.count == 2:
      guard let held = held(arguments[0]), case .string(let text)? = known.value(arguments[1])
      else { return }
      let part = text.string
      switch function {
      case .startsWith where !held.texts.contains { $0.hasPrefix(part) }:
        warn(of: text, held, "begins with", in: expression)
      case .endsWith where !held.texts.contains { $0.hasSuffix(part) }:
        warn(of: text, held, "ends with", in: expression)
      case .contains where !held.texts.contains { $0.contains(part) }:
        warn(of: text, held, "contains", in: expression)
      default: return
      }
    default: return
    }
  }

  /// A field by itself is looked at elsewhere; here something has been made of its codes.
  private func warnOfWhole(
    _ value: CheckedExpression.Node, _ others: [CheckedExpression.Node],
    in expression: CheckedExpression
  ) {
    guard case .call = value, let held = held(value) else { return }
    for other in others {
      guard case .string(let text)? = known.value(other), !held.texts.contains(text.string) else {
        continue
      }
      warn(of: text, held, "is", in: expression)
    }
  }

  private func warn(
    of text: Text, _ held: Held, _ verb: String, in expression: CheckedExpression
  ) {
    collector.warn(
      "\(held.manner)no code of `\(held.field.name)` \(verb) \"\(text)\"",
      at: Self.place(of: text, in: expression.source),
      advice: advice(for: text, among: held.texts.map { Text($0) }))
  }

  private func held(_ node: CheckedExpression.Node) -> Held? {
    if let place = source(of: node) {
      let field = rulebook.tables[place.table].definition.fields[place.field]
      guard let texts = field.codes.map({ codes[$0.list] }) ?? field.constraints.allowed,
        !texts.isEmpty
      else { return nil }
      return Held(field: field, texts: texts.map(\.string))
    }
    guard case .call(let function, let arguments) = node, var held = arguments.first.flatMap(held)
    else { return nil }
    switch function {
    case .lower:
      held.texts = held.texts.map { $0.lowercased() }
      held.manner = "in small letters "
    case .upper:
      held.texts = held.texts.map { $0.uppercased() }
      held.manner = "in capitals "
    case .trim: break
    default: return nil
    }
    return held
  }
}
