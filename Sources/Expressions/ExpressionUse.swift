/// Something that an expression reads, anywhere in it.
public enum ExpressionUse: Hashable, Sendable {
  /// A field of a table, its value or whether one is given.
  case field(table: Int, field: Int)
  /// A derived column of a table.
  case derived(table: Int, column: Int)
  /// A table in which a row is looked up by its key.
  case lookup(table: Int)
  /// A code list.
  case codes(Int)
  /// A parameter, which may read tables itself.
  case parameter(Int)

  /// Everything that a tree reads, each once, in reading order.
  static func all(in node: CheckedExpression.Node) -> [ExpressionUse] {
    var uses: [ExpressionUse] = []
    node.walk { step in
      guard let use = ExpressionUse(step), !uses.contains(use) else { return }
      uses.append(use)
    }
    return uses
  }

  private init?(_ step: CheckedExpression.Node) {
    switch step {
    case .field(_, let table, let field), .given(_, let table, let field):
      self = .field(table: table, field: field)
    case .derived(_, let table, let column): self = .derived(table: table, column: column)
    case .lookup(let table, _, _): self = .lookup(table: table)
    case .codes(let number): self = .codes(number)
    case .parameter(let number): self = .parameter(number)
    default: return nil
    }
  }
}
