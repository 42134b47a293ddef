/// What an expression may use in its place: the row it reads, and names known only there.
public struct ExpressionScope: Sendable {
  /// The table whose row is `this`; nil where there is none, as for parameters.
  public var table: Int?
  /// Values known only to messages, such as `dueOn`, with their types.
  public var specials: [String: ValueType] = [:]
  /// Whether `count()`, `sum(x)` and the like are aggregates of a limit's group.
  public var allowsAggregates = false
  /// Whether it says when what is asked of a row was done, so that it is to be of that row alone.
  public var givesEvents = false
  /// Whether it says if something holds of a row, so that it is to ask something of that row.
  public var judgesRow = false

  /// The scope of a row of `table`, or of no row.
  public init(table: Int?) { self.table = table }
}
