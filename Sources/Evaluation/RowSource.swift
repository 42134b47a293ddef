import Expressions

/// Where an expression takes a row from: mostly from a variable, without a further step.
enum RowSource: Sendable {
  case slot(Int)
  case step(Step)

  /// A row, or what is to blame that there is none.
  enum Found {
    case row(RowID)
    case absent(Blame)
  }

  /// The row of one evaluation.
  @inline(__always)
  func row(_ frame: inout Frame) -> Found {
    switch self {
    case .slot(let slot):
      let row = frame.rows[slot]
      return row.table >= 0 ? .row(row) : .absent(frame.slots[slot].blame ?? .none)
    case .step(let step):
      switch step(&frame) {
      case .row(let row): return .row(row)
      case let other: return .absent(other.blame ?? .none)
      }
    }
  }

  /// What stands in a cell of the row, given the row's number; the field is to blame for nil.
  @inline(__always)
  func cell(_ frame: inout Frame, _ field: Int, _ value: (Int) -> Value?) -> Value {
    switch row(&frame) {
    case .row(let id): value(Int(id.row)) ?? .absent(.field(field, of: id))
    case .absent(let blame): .absent(blame)
    }
  }
}

extension ExpressionCompiler {
  func rowSource(_ node: Node) -> RowSource {
    if case .variable(let slot) = node { return .slot(slot) }
    return .step(compile(node))
  }
}
