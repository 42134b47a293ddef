/// An expression as written: a tree without types.
indirect enum Syntax: Sendable {
  case literal(Literal, offset: Int)
  case name(String, offset: Int)
  case member(Syntax, String, offset: Int)
  case call(String, [Syntax], offset: Int)
  case method(Syntax, String, [Syntax], offset: Int)
  case index(Syntax, Syntax, offset: Int)
  case unary(String, Syntax, offset: Int)
  case binary(String, Syntax, Syntax, offset: Int)
  case conditional(Syntax, Syntax, Syntax, offset: Int)
  case list([Syntax], offset: Int)

  enum Literal: Hashable, Sendable {
    case bool(Bool)
    case int(Int64)
    case number(Double)
    case string(String)
  }

  /// Whether both are the same name, or the same field of the same one.
  func isSameName(as other: Syntax) -> Bool {
    switch (self, other) {
    case (.name(let a, _), .name(let b, _)): a == b
    case (.member(let a, let name, _), .member(let b, let otherName, _)):
      name == otherName && a.isSameName(as: b)
    default: false
    }
  }

  /// Where a message about it points: the first character, or the operator.
  var offset: Int {
    switch self {
    case .literal(_, let offset), .name(_, let offset), .member(_, _, let offset),
      .call(_, _, let offset), .method(_, _, _, let offset), .index(_, _, let offset),
      .unary(_, _, let offset), .binary(_, _, _, let offset), .conditional(_, _, _, let offset),
      .list(_, let offset):
      offset
    }
  }
}
