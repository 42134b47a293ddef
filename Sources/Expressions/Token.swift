/// A word of the expression language.
struct Token: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case name(String)
    case int(Int64)
    case number(Double)
    case string(String)
    case symbol(String)
    case end
  }

  var kind: Kind
  /// The offset of its first character, in Unicode scalars.
  var offset: Int

  /// Whether a value can begin with it.
  var canBegin: Bool {
    switch kind {
    case .name, .int, .number, .string: true
    case .symbol(let symbol): ["(", "[", "!", "-"].contains(symbol)
    case .end: false
    }
  }

  /// The token as a person would name it in a message.
  var described: String {
    switch kind {
    case .name(let name): "`\(name)`"
    case .int(let value): "`\(value)`"
    case .number(let value): "`\(value)`"
    case .string: "a text"
    case .symbol(let symbol): "`\(symbol)`"
    case .end: "the end of the expression"
    }
  }
}
