public import Expressions

/// `deadline`: something is done by a day, or by a minute of it.
public struct Deadline: Sendable {
  /// The start of the clock; nil if the rule gives `due` instead.
  public var from: CheckedExpression?
  /// How long it may take; nil if the rule gives `due` instead.
  public var within: CheckedExpression?
  /// When it is due, in place of `from` and `within`.
  public var due: CheckedExpression?
  /// When it was done; nil if it can never be done.
  public var to: CheckedExpression?
  /// How long before the due date it counts as due soon.
  public var dueSoon: CheckedExpression?
}
