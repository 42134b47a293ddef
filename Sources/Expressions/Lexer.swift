import Diagnostics

/// Splits an expression into tokens, by the lexical rules of the Common Expression Language.
struct Lexer {
  private let source: ExpressionSource
  private let scalars: [Unicode.Scalar]
  private var at = 0

  init(_ source: ExpressionSource) {
    self.source = source
    scalars = Array(source.text.unicodeScalars)
  }

  /// All tokens, the last of them `.end`.
  mutating func tokens() throws(Diagnostic) -> [Token] {
    var found: [Token] = []
    while let token = try next() { found.append(token) }
    found.append(Token(kind: .end, offset: scalars.count))
    return found
  }

  private func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
    at + ahead < scalars.count ? scalars[at + ahead] : nil
  }

  private func fault(_ what: String, at offset: Int, advice: String? = nil) -> Diagnostic {
    Diagnostic(at: source.position(of: offset), what, advice: advice)
  }

  private mutating func skipBlanks() throws(Diagnostic) {
    while let scalar = peek() {
      if scalar.isBlank {
        at += 1
      } else if scalar == "/", peek(1) == "/" {
        // YAML may have folded the lines of the file into one; a comment must still end with its
        // line.
        guard source.areLinesKnown else {
          throw fault(
            "where this comment ends cannot be told: YAML has folded its lines into one",
            at: at, advice: "Write the text behind `|`, which keeps its lines")
        }
        let end = source.endOfLine(at: at)
        while let inComment = peek(), inComment != "\n", at < end { at += 1 }
      } else {
        return
      }
    }
  }

  private mutating func next() throws(Diagnostic) -> Token? {
    try skipBlanks()
    guard let scalar = peek() else { return nil }
    let start = at
    if scalar == "r" || scalar == "R", let quote = peek(1), quote == "\"" || quote == "'" {
      at += 1
      return Token(kind: .string(try text(raw: true)), offset: start)
    }
    if scalar == "_" || scalar.isLetter {
      while let part = peek(), part == "_" || part.isLetter || part.isDecimalDigit {
        at += 1
      }
      return Token(kind: .name(text(from: start, to: at)), offset: start)
    }
    if scalar.isDecimalDigit || (scalar == "." && peek(1)?.isDecimalDigit == true) {
      return try number(from: start)
    }
    if scalar == "\"" || scalar == "'" {
      return Token(kind: .string(try text(raw: false)), offset: start)
    }
    return try symbol(from: start)
  }

  private func text(from start: Int, to end: Int) -> String {
    let scalars = scalars[start..<end]
    if scalars.allSatisfy(\.isASCII) {
      return String(decoding: scalars.map { UInt8(truncatingIfNeeded: $0.value) }, as: UTF8.self)
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private mutating func number(from start: Int) throws(Diagnostic) -> Token {
    if peek() == "0", peek(1) == "x" || peek(1) == "X" {
      at += 2
      let digits = at
      while peek()?.properties.isASCIIHexDigit == true { at += 1 }
      guard let value = Int64(text(from: digits, to: at), radix: 16) else {
        throw fault("this is not a whole number of 64 bits", at: start)
      }
      return Token(kind: .int(value), offset: start)
    }
    var isInteger = true
    while peek()?.isDecimalDigit == true { at += 1 }
    if peek() == ".", peek(1)?.isDecimalDigit == true {
      isInteger = false
      at += 1
      while peek()?.isDecimalDigit == true { at += 1 }
    }
    if peek() == "e" || peek() == "E" {
      let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if peek(1 + sign)?.isDecimalDigit == true {
        isInteger = false
        at += 1 + sign
        while peek()?.isDecimalDigit == true { at += 1 }
      }
    }
    if let letter = peek(), letter == "_" || letter.isLetter {
      let number = text(from: start, to: at)
      let unit = at
      while let part = peek(), part == "_" || part.isLetter || part.isDecimalDigit { at += 1 }
      throw fault(
        "`\(text(from: start, to: at))` is neither a number nor a name", at: start,
        advice: ForeignWords.advice(forAmount: number, of: text(from: unit, to: at))
          ?? "Put a space or an operator after the number")
    }
    let digits = text(from: start, to: at)
    if isInteger {
      guard let value = Int64(digits) else {
        throw fault("`\(digits)` is more than a whole number of 64 bits can hold", at: start)
      }
      return Token(kind: .int(value), offset: start)
    }
    guard let value = Double(digits), value.isFinite else {
      throw fault("`\(digits)` is not a number", at: start)
    }
    return Token(kind: .number(value), offset: start)
  }

  private mutating func symbol(from start: Int) throws(Diagnostic) -> Token {
    guard let first = peek() else { throw fault("`` has no place in an expression", at: start) }
    if let pair = Self.pair(first, peek(1)) {
      at += 2
      return Token(kind: .symbol(pair), offset: start)
    }
    if let (pair, meant) = Self.foreignPair(first, peek(1)) {
      throw fault("`\(pair)` means nothing here", at: start, advice: "Write \(meant)")
    }
    let single = String(Character(first))
    if first == "=" || first == "&" || first == "|" {
      let meant = single + single
      throw fault("`\(single)` means nothing by itself", at: start, advice: "Write `\(meant)`")
    }
    guard Self.symbols.contains(first) else {
      throw fault(
        "`\(single)` has no place in an expression", at: start,
        advice: "“”‘’„«»".contains(single) ? "Write straight quotes: \" or '" : nil)
    }
    at += 1
    return Token(kind: .symbol(single), offset: start)
  }

  private static let symbols = Array("+-*/%<>!?:()[].,{}".unicodeScalars)

  private static func pair(_ first: Unicode.Scalar, _ second: Unicode.Scalar?) -> String? {
    switch (first, second) {
    case ("=", "="): "=="
    case ("!", "="): "!="
    case ("<", "="): "<="
    case (">", "="): ">="
    case ("&", "&"): "&&"
    case ("|", "|"): "||"
    default: nil
    }
  }

  /// Operators of other languages, and what to write instead.
  private static func foreignPair(_ first: Unicode.Scalar, _ second: Unicode.Scalar?)
    -> (pair: String, meant: String)?
  {
    switch (first, second) {
    case ("<", ">"): ("<>", "`!=`")
    case ("=", "<"): ("=<", "`<=`")
    case ("=", ">"): ("=>", "`>=`; after the name of an element stands a comma: exists(x, ...)")
    default: nil
    }
  }

  /// Reads a quoted text; the position is at its opening quote.
  private mutating func text(raw: Bool) throws(Diagnostic) -> String {
    let start = at
    guard let quote = peek() else { throw fault("a text is missing", at: start) }
    let isTriple = peek(1) == quote && peek(2) == quote
    at += isTriple ? 3 : 1
    var value = String.UnicodeScalarView()
    while let scalar = peek() {
      if scalar == quote, !isTriple || (peek(1) == quote && peek(2) == quote) {
        at += isTriple ? 3 : 1
        return String(value)
      }
      if scalar == "\\", !raw {
        value.append(try escape())
        continue
      }
      value.append(scalar)
      at += 1
    }
    throw fault("this text has no closing quote", at: start, advice: "Close it with \(quote)")
  }

  private mutating func escape() throws(Diagnostic) -> Unicode.Scalar {
    let start = at
    at += 1
    guard let letter = peek() else { throw fault("`\\` ends the text", at: start) }
    at += 1
    switch letter {
    case "\\", "\"", "'", "`", "?": return letter
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "a": return "\u{07}"
    case "b": return "\u{08}"
    case "f": return "\u{0C}"
    case "v": return "\u{0B}"
    case "0"..."3":
      at -= 1
      return try codePoint(digits: 3, radix: 8, from: start)
    case "x", "X": return try codePoint(digits: 2, from: start)
    case "u": return try codePoint(digits: 4, from: start)
    case "U": return try codePoint(digits: 8, from: start)
    default:
      throw fault(
        "`\\\(letter)` is not an escape", at: start,
        advice: "Write `\\\\` for a backslash, or a raw text: r\"...\"")
    }
  }

  private mutating func codePoint(
    digits: Int, radix: Int = 16, from start: Int
  ) throws(Diagnostic) -> Unicode.Scalar {
    let end = min(at + digits, scalars.count)
    let text = text(from: at, to: end)
    guard end - at == digits, let value = UInt32(text, radix: radix),
      let scalar = Unicode.Scalar(value)
    else { throw fault("this escape is not a code point of \(digits) digits", at: start) }
    at = end
    return scalar
  }
}
