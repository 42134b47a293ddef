public import Expressions

/// `limit`: an aggregate over a group of rows stays within a bound.
public struct Limit: Sendable {
  /// The group of a row; nil if all rows form one group.
  public var per: CheckedExpression?
  /// The aggregate.
  public var value: CheckedExpression
  /// The greatest value allowed.
  public var atMost: CheckedExpression?
  /// The least value allowed.
  public var atLeast: CheckedExpression?
}
