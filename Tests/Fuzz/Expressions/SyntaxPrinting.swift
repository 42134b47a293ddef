@testable import Expressions

extension Syntax {
  /// The expression with parentheses around every part, so that nothing depends on precedence.
  var printed: String {
    switch self {
    case .literal(let literal, _): literal.printed
    case .name(let name, _): name
    case .member(let base, let name, _): "(\(base.printed)).\(name)"
    case .call(let name, let arguments, _): "\(name)(\(Self.list(arguments)))"
    case .method(let base, let name, let arguments, _):
      "(\(base.printed)).\(name)(\(Self.list(arguments)))"
    case .index(let base, let index, _): "(\(base.printed))[\(index.printed)]"
    case .unary(let symbol, let operand, _): "\(symbol)(\(operand.printed))"
    case .binary(let symbol, let left, let right, _):
      "(\(left.printed)) \(symbol) (\(right.printed))"
    case .conditional(let condition, let whenTrue, let whenFalse, _):
      "(\(condition.printed)) ? (\(whenTrue.printed)) : (\(whenFalse.printed))"
    case .list(let elements, _): "[\(Self.list(elements))]"
    }
  }

  private static func list(_ parts: [Syntax]) -> String {
    parts.map { "(\($0.printed))" }.joined(separator: ", ")
  }
}

extension Syntax.Literal {
  fileprivate var printed: String {
    switch self {
    case .bool(let value): "\(value)"
    case .int(let value): "\(value)"
    case .number(let value): "\(value)"
    case .string(let value): "\"\(value.unicodeScalars.map(Self.escaped).joined())\""
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    if scalar.isASCII, scalar.properties.isAlphabetic { return String(Character(scalar)) }
    let digits = String(scalar.value, radix: 16)
    return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
