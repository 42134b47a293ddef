public import Expressions
public import Extracts

/// A table with what the rules add to it.
public struct RuleTable: Sendable {
  /// The layout of its extracts.
  public var definition: TableDefinition
  /// The columns that are worked out, once for each row.
  public var derived: [DerivedColumn] = []
  /// For which rows a day after the as-of date is allowed although the field has `maximum: asOf`, by
  /// the field's number.
  public var mayBeAhead: [Int: CheckedExpression] = [:]
  /// Who has to act on its rows.
  public var owner = Owner()
}

/// A column that is worked out, once for each row.
public struct DerivedColumn: Sendable {
  /// Its name.
  public var name: String
  /// The expression that gives its value.
  public var expression: CheckedExpression
}
