public import Expressions

/// `repeat`: done again within a time of the last.
public struct Repeating: Sendable {
  /// The start of the clock.
  public var from: CheckedExpression
  /// The end of the duty; absent is open.
  public var until: CheckedExpression?
  /// The days on which it was done.
  public var events: CheckedExpression
  /// The time from one event to the next.
  public var every: CheckedExpression
  /// The time to the first event; nil for `every`.
  public var first: CheckedExpression?
  /// How long before the due date it is due soon.
  public var dueSoon: CheckedExpression?
}
