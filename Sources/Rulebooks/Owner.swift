public import Expressions

/// Who has to act on an exception.
public struct Owner: Sendable {
  /// The team; nil, or without a value, is `(no team)`.
  public var team: CheckedExpression?
  /// The worker.
  public var worker: CheckedExpression?

  /// An owner; by default nobody is named.
  public init(team: CheckedExpression? = nil, worker: CheckedExpression? = nil) {
    self.team = team
    self.worker = worker
  }
}
