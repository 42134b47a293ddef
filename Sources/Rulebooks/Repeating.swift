public import Expressions

/// `repeat`: something is done again and again, each time within a time of the last.
public struct Repeating: Sendable {
  /// The start of the clock.
  public var from: CheckedExpression
  /// The end of the duty; nil, or without a value, while it goes on.
  public var until: CheckedExpression?
  /// The days on which it was done.
  public var events: CheckedExpression
  /// The time from one event to the next.
  public var every: CheckedExpression
  /// The time to the first event; nil for `every`.
  public var first: CheckedExpression?
  /// How long before the due date it counts as due soon.
  public var dueSoon: CheckedExpression?
}
