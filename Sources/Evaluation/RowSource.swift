import Expressions

/// Where an expression takes a row from: mostly from a variable, which needs no call.
enum RowSource: Sendable {
  case slot(Int)
  case step(Step)

  /// The row of one evaluation.
  @inline(__always)
  func value(_ frame: inout Frame) -> Value {
    switch self {
    case .slot(let slot): frame.slots[slot]
    case .step(let step): step(&frame)
    }
  }
}

extension ExpressionCompiler {
  func rowSource(_ node: Node) -> RowSource {
    if case .variable(let slot) = node { return .slot(slot) }
    return .step(compile(node))
  }
}
