import Expressions
import Extracts
import Values

/// The result of a condition on one row, small enough to be returned in registers, unlike `Value`.
enum Truth: Sendable {
  case no
  case yes
  case absent(Blame)

  init(_ holds: Bool) { self = holds ? .yes : .no }

  init(_ value: Value) {
    switch value {
    case .bool(let holds): self.init(holds)
    case let other: self = .absent(other.blame ?? .none)
    }
  }

  var value: Value {
    switch self {
    case .no: .bool(false)
    case .yes: .bool(true)
    case .absent(let blame): .absent(blame)
    }
  }

  var isYes: Bool { if case .yes = self { true } else { false } }
}

extension ExpressionCompiler {
  /// A node of type boolean as a condition.
  func compileTest(_ node: Node) -> Test {
    switch node {
    case .and(let a, let b): return and(compileTest(a), compileTest(b))
    case .or(let a, let b): return or(compileTest(a), compileTest(b))
    case .call(.not, let nodes) where nodes.count == 1:
      let test = compileTest(nodes[0])
      return Test { frame in
        switch test(&frame) {
        case .no: .yes
        case .yes: .no
        case let absent: absent
        }
      }
    case .given(let row, let table, let field):
      return compileGiven(rowSource(row), table: table, field: field)
    case .field(let row, let table, let field):
      if let test = compileFlag(rowSource(row), table: table, field: field) { return test }
    case .derived(let row, let table, let column):
      if let test = compileDerivedTest(rowSource(row), table: table, column: column) {
        return test
      }
    case .comparison(let comparison, let a, let b):
      if let test = compileTextComparison(comparison, a, b) { return test }
      if let test = compileColumnComparison(comparison, a, b) { return test }
    case .contains(let element, let list):
      if let test = compileTextContains(element, list) { return test }
    case .has(let value):
      if let test = compileColumnHas(value) { return test }
      let step = compile(value)
      return Test { frame in Truth(!step(&frame).isAbsent) }
    default: break
    }
    let step = compile(node)
    return Test { frame in Truth(step(&frame)) }
  }

  /// Kleene's and: false wins over absent, absent over true.
  private func and(_ a: Test, _ b: Test) -> Test {
    Test { frame in
      let left = a(&frame)
      if case .no = left { return .no }
      switch b(&frame) {
      case .no: return .no
      case .yes: return left
      case let absent: if case .yes = left { return absent } else { return left }
      }
    }
  }

  /// Kleene's or: true wins over absent, absent over false.
  private func or(_ a: Test, _ b: Test) -> Test {
    Test { frame in
      let left = a(&frame)
      if case .yes = left { return .yes }
      switch b(&frame) {
      case .yes: return .yes
      case .no: return left
      case let absent: if case .no = left { return absent } else { return left }
      }
    }
  }

  /// A column of booleans; nil for any other column, or where earlier extracts may be read.
  private func compileFlag(_ row: RowSource, table: Int, field: Int) -> Test? {
    guard context.dataset.earlier == nil,
      case .booleans(let values) = context.dataset.tables[table].columns[field]?.storage
    else { return nil }
    return Test { frame in
      switch row.row(&frame) {
      case .row(let id):
        let value = values[Int(id.row)]
        return value > 1 ? .absent(.field(field, of: id)) : Truth(value == 1)
      case .absent(let blame): return .absent(blame)
      }
    }
  }
}
