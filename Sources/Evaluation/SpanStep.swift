import Expressions
import WorkingTime

/// Computes a length of time named by a rule; for most rules it is constant and computed once.
///
/// As a `Value` it would be in a shared box, whose reference count threads judging rows would keep
/// taking from each other's cache.
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

  /// The length, or what to blame if there is none.
  @inline(__always)
  func span(_ frame: inout Frame) -> (span: TimeSpan?, blame: Blame) {
    if let fixed { return (fixed, .none) }
    let value = step(&frame)
    if case .duration(let span) = value { return (span, .none) }
    return (nil, value.blame ?? .none)
  }
}
