public import Expressions

/// Who has to act on an exception.
public struct Owner: Sendable {
  /// The team; absent is `(no team)`.
  public var team: CheckedExpression?
  /// The worker.
  public var worker: CheckedExpression?

  /// Nobody named.
  public init(team: CheckedExpression? = nil, worker: CheckedExpression? = nil) {
    self.team = team
    self.worker = worker
  }
}
