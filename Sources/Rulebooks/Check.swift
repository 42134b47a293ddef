public import Expressions

/// `check`: a condition, met when it is true.
public struct Check: Sendable {
  /// What has to hold.
  public var expression: CheckedExpression
  /// The field that the exception points at, by number; nil for the first field read.
  public var field: Int?
  /// The row or rows that the exception points at; nil for the row judged.
  public var marks: CheckedExpression?
}
