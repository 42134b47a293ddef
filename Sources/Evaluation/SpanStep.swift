import Expressions
import Values
import WorkingTime

/// Computes a length of time that a rule names; of most rules it is the same for all rows, and
/// worked out once.
///
/// As a value it stands in a box of its own, which two threads that judge rows would take from each
/// other's cache with each.
struct SpanStep: Sendable {
  private let fixed: TimeSpan?
  private let step: Step

  init(_ expression: CheckedExpression, _ compiler: ExpressionCompiler) {
    step = compiler.compile(expression)
    if compiler.freeSlots(expression.node).isEmpty,
      case .duration(let span) = compiler.constant(expression)
    {
      fixed = span
    } else {
      fixed = nil
    }
  }

  /// The length; where there is none, what is to blame for it.
  @inline(__always)
  func span(_ frame: inout Frame) -> (span: TimeSpan?, blame: Blame) {
    if let fixed { return (fixed, .none) }
    let value = step(&frame)
    if case .duration(let span) = value { return (span, .none) }
    return (nil, value.blame ?? .none)
  }
}
