import Diagnostics

/// Reads tokens as an expression, by the grammar of the Common Expression Language.
struct Parser {
  // Whatever walks a tree recurses once for each level: a rule file must not exhaust the stack.

  /// How deep brackets, signs and conditions may nest.
  private static let greatestDepth = 120
  /// How high the tree may grow: `a + b + c` adds a level for each operator, `a.b.c` for each dot.
  private static let greatestHeight = 400

  private let source: ExpressionSource
  private let tokens: [Token]
  private var at = 0
  private var depth = 0
  /// The height of the tree that was read last.
  private var height = 0

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
    guard at > 0 else { return nil }
    if case .name(let word) = tokens[at - 1].kind, token.canBegin,
      let advice = ForeignWords.advice(forPrefix: word)
    {
      return advice
    }
    switch token.kind {
    case .name(let word): return ForeignWords.advice(forOperator: word)
    case .symbol(","):
      guard case .int = tokens[at - 1].kind else { return nil }
      return "Write a number without commas"
    default: return nil
    }
  }

  /// What to write for the null that was read last: behind `?` and `:` it stands for a value that is
  /// absent in one of two cases.
  private var adviceForNull: String {
    let signs: [Token.Kind] = [.symbol("?"), .symbol(":")]
    guard at >= 2, signs.contains(tokens[at - 2].kind) else { return "Ask with `has(x)`" }
    return
      "Write [x].filter(y, condition).first() for a value that is absent unless a condition holds"
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
    let isList = symbol == ")" && isSymbol(",")
    throw fault(
      "`\(symbol)` is expected\(why), not \(token.described)", at: token.offset,
      advice: isList ? "A list stands in [ ]" : adviceForLeftover())
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

  /// Records that a tree has been built on the last one read, and on others of the given height.
  private mutating func grow(over other: Int = 0, at offset: Int) throws(Diagnostic) {
    height = max(height, other) + 1
    guard height <= Self.greatestHeight else {
      throw fault(
        "this expression strings more than \(Self.greatestHeight) operators together", at: offset,
        advice: "Split it into derived columns, or ask whether a value is `in` a list")
    }
  }

  private mutating func conditional() throws(Diagnostic) -> Syntax {
    try deeper { parser throws(Diagnostic) in
      let condition = try parser.binary(level: 0)
      let offset = parser.token.offset
      guard parser.take("?") else { return condition }
      var highest = parser.height
      let whenTrue = try parser.conditional()
      highest = max(highest, parser.height)
      try parser.expect(":")
      let whenFalse = try parser.conditional()
      try parser.grow(over: highest, at: offset)
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
      let leftHeight = height
      left = .binary(symbol, left, try binary(level: level + 1), offset: offset)
      try grow(over: leftHeight, at: offset)
    }
    return left
  }

  private mutating func unary() throws(Diagnostic) -> Syntax {
    let offset = token.offset
    for symbol in ["!", "-"] where isSymbol(symbol) {
      at += 1
      return try deeper { parser throws(Diagnostic) in
        let operand = try parser.unary()
        try parser.grow(at: offset)
        return .unary(symbol, operand, offset: offset)
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
        let valueHeight = height
        if take("(") {
          value = .method(value, name, try arguments(), offset: nameOffset)
        } else {
          value = .member(value, name, offset: nameOffset)
        }
        try grow(over: valueHeight, at: nameOffset)
      } else if take("[") {
        let valueHeight = height
        let index = try conditional()
        try expect("]", toClose: "[")
        value = .index(value, index, offset: offset)
        try grow(over: valueHeight, at: offset)
      } else {
        return value
      }
    }
  }

  private mutating func arguments() throws(Diagnostic) -> [Syntax] {
    height = 0
    if take(")") { return [] }
    return try elements(upTo: ")", from: "(")
  }

  /// Reads elements separated by commas up to the closing bracket; a trailing comma is allowed.
  private mutating func elements(upTo closing: String, from opening: String) throws(Diagnostic)
    -> [Syntax]
  {
    var found: [Syntax] = []
    var highest = 0
    repeat {
      if isSymbol(closing), !found.isEmpty { break }
      found.append(try conditional())
      highest = max(highest, height)
    } while take(",")
    try expect(closing, toClose: opening)
    height = highest
    return found
  }

  private mutating func primary() throws(Diagnostic) -> Syntax {
    let here = token
    at += 1
    height = 0
    switch here.kind {
    case .int(let value): return .literal(.int(value), offset: here.offset)
    case .number(let value): return .literal(.number(value), offset: here.offset)
    case .string(let value): return .literal(.string(value), offset: here.offset)
    case .name("true"): return .literal(.bool(true), offset: here.offset)
    case .name("false"): return .literal(.bool(false), offset: here.offset)
    case .name("null"):
      throw fault(
        "there is no null: a missing value is absent", at: here.offset,
        advice: adviceForNull)
    case .name("in"):
      throw fault("`in` stands between a value and a list", at: here.offset)
    case .name(let name):
      if take("(") {
        let arguments = try arguments()
        try grow(at: here.offset)
        return .call(name, arguments, offset: here.offset)
      }
      return .name(name, offset: here.offset)
    case .symbol("("):
      let inner = try conditional()
      try expect(")", toClose: "(")
      return inner
    case .symbol("["):
      if take("]") { return .list([], offset: here.offset) }
      let elements = try elements(upTo: "]", from: "[")
      try grow(at: here.offset)
      return .list(elements, offset: here.offset)
    default:
      at -= 1
      let isPercent = at > 0 && tokens[at - 1].kind == .symbol("%")
      throw fault(
        "a value is expected, not \(here.described)", at: here.offset,
        advice: isPercent
          ? "`%` gives the remainder of a division: write the number without it" : nil)
    }
  }
}
