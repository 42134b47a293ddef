public import Expressions

/// `check`: met when true.
public struct Check: Sendable {
  /// What has to hold.
  public var expression: CheckedExpression
  /// The field that the exception points at, by number; nil for the first one read.
  public var field: Int?
  /// The row or rows it points at; nil for the row judged.
  public var marks: CheckedExpression?
}
