public import Expressions

/// When a rule applies, both days included.
public struct Active: Sendable {
  /// From this day on.
  public var from: CheckedExpression?
  /// Up to this day.
  public var to: CheckedExpression?
}
