public import Expressions

/// `deadline`: done by a day or a minute.
public struct Deadline: Sendable {
  /// The start of the clock; nil where `due` stands by itself.
  public var from: CheckedExpression?
  /// How long it may take; nil where `due` stands by itself.
  public var within: CheckedExpression?
  /// When it is due, in place of `from` and `within`.
  public var due: CheckedExpression?
  /// When it was done; nil where it can never be done.
  public var to: CheckedExpression?
  /// How long before the due date it is due soon.
  public var dueSoon: CheckedExpression?
}
