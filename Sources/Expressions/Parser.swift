import Diagnostics

/// Reads tokens as an expression, by the grammar of the Common Expression Language.
struct Parser {
  /// How deep expressions may nest, so that no rule file can exhaust the stack.
  private static let greatestDepth = 120

  private let source: ExpressionSource
  private let tokens: [Token]
  private var at = 0
  private var depth = 0

  init(_ source: ExpressionSource) throws(Diagnostic) {
    self.source = source
    var lexer = Lexer(source)
    tokens = try lexer.tokens()
  }

  /// Parses the whole text as one expression.
  static func parse(_ source: ExpressionSource) throws(Diagnostic) -> Syntax {
    var parser = try Parser(source)
    if case .end = parser.token.kind {
      throw parser.fault("an expression is missing", at: 0)
    }
    let syntax = try parser.conditional()
    guard case .end = parser.token.kind else {
      throw parser.fault(
        "\(parser.token.described) is not expected here", at: parser.token.offset,
        advice: parser.adviceForLeftover())
    }
    return syntax
  }

  private var token: Token { tokens[at] }

  private func fault(_ what: String, at offset: Int, advice: String? = nil) -> Diagnostic {
    Diagnostic(at: source.position(of: offset), what, advice: advice)
  }

  private func adviceForLeftover() -> String? {
    guard at > 0, case .name(let word) = token.kind else { return nil }
    switch word {
    case "and": return "Write `&&`"
    case "or": return "Write `||`"
    case "is": return "Write `==`"
    case "not": return "Write `!`"
    default: return nil
    }
  }

  private func isSymbol(_ symbol: String) -> Bool { token.kind == .symbol(symbol) }

  private mutating func take(_ symbol: String) -> Bool {
    guard isSymbol(symbol) else { return false }
    at += 1
    return true
  }

  private mutating func expect(_ symbol: String, toClose opening: String? = nil) throws(Diagnostic)
  {
    if take(symbol) { return }
    let why = opening.map { " to close `\($0)`" } ?? ""
    throw fault("`\(symbol)` is expected\(why), not \(token.described)", at: token.offset)
  }

  private mutating func deeper<T>(_ body: (inout Parser) throws(Diagnostic) -> T)
    throws(Diagnostic) -> T
  {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.greatestDepth else {
      throw fault(
        "this expression nests more than \(Self.greatestDepth) deep", at: token.offset,
        advice: "Split it into derived columns")
    }
    return try body(&self)
  }

  private mutating func conditional() throws(Diagnostic) -> Syntax {
    try deeper { parser throws(Diagnostic) in
      let condition = try parser.binary(level: 0)
      let offset = parser.token.offset
      guard parser.take("?") else { return condition }
      let whenTrue = try parser.conditional()
      try parser.expect(":")
      let whenFalse = try parser.conditional()
      return .conditional(condition, whenTrue, whenFalse, offset: offset)
    }
  }

  private static let levels: [[String]] = [
    ["||"], ["&&"], ["<", "<=", ">", ">=", "==", "!=", "in"], ["+", "-"], ["*", "/", "%"],
  ]

  private func operatorHere(level: Int) -> String? {
    switch token.kind {
    case .symbol(let symbol) where Self.levels[level].contains(symbol): symbol
    case .name("in") where Self.levels[level].contains("in"): "in"
    default: nil
    }
  }

  private mutating func binary(level: Int) throws(Diagnostic) -> Syntax {
    guard level < Self.levels.count else { return try unary() }
    var left = try binary(level: level + 1)
    while let symbol = operatorHere(level: level) {
      let offset = token.offset
      at += 1
      left = .binary(symbol, left, try binary(level: level + 1), offset: offset)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Syntax {
    let offset = token.offset
    for symbol in ["!", "-"] where isSymbol(symbol) {
      at += 1
      return try deeper { parser throws(Diagnostic) in
        .unary(symbol, try parser.unary(), offset: offset)
      }
    }
    return try postfix()
  }

  private mutating func postfix() throws(Diagnostic) -> Syntax {
    var value = try primary()
    while true {
      let offset = token.offset
      if take(".") {
        guard case .name(let name) = token.kind else {
          throw fault("a name is expected after `.`, not \(token.described)", at: token.offset)
        }
        let nameOffset = token.offset
        at += 1
        if take("(") {
          value = .method(value, name, try arguments(), offset: nameOffset)
        } else {
          value = .member(value, name, offset: nameOffset)
        }
      } else if take("[") {
        let index = try conditional()
        try expect("]", toClose: "[")
        value = .index(value, index, offset: offset)
      } else {
        return value
      }
    }
  }

  private mutating func arguments() throws(Diagnostic) -> [Syntax] {
    if take(")") { return [] }
    var found: [Syntax] = []
    repeat {
      if isSymbol(")"), !found.isEmpty { break }
      found.append(try conditional())
    } while take(",")
    try expect(")", toClose: "(")
    return found
  }

  private mutating func primary() throws(Diagnostic) -> Syntax {
    let here = token
    at += 1
    switch here.kind {
    case .int(let value): return .literal(.int(value), offset: here.offset)
    case .number(let value): return .literal(.number(value), offset: here.offset)
    case .string(let value): return .literal(.string(value), offset: here.offset)
    case .name("true"): return .literal(.bool(true), offset: here.offset)
    case .name("false"): return .literal(.bool(false), offset: here.offset)
    case .name("null"):
      throw fault(
        "there is no null: a missing value is absent", at: here.offset,
        advice: "Ask with `has(x)`")
    case .name("in"):
      throw fault("`in` stands between a value and a list", at: here.offset)
    case .name(let name):
      if take("(") { return .call(name, try arguments(), offset: here.offset) }
      return .name(name, offset: here.offset)
    case .symbol("("):
      let inner = try conditional()
      try expect(")", toClose: "(")
      return inner
    case .symbol("["):
      if take("]") { return .list([], offset: here.offset) }
      var elements: [Syntax] = []
      repeat {
        if isSymbol("]") { break }
        elements.append(try conditional())
      } while take(",")
      try expect("]", toClose: "[")
      return .list(elements, offset: here.offset)
    default:
      at -= 1
      throw fault("a value is expected, not \(here.described)", at: here.offset)
    }
  }
}
