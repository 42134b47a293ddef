public import Expressions
public import Extracts

/// A table with what the rules add to it.
public struct RuleTable: Sendable {
  /// What its extracts look like.
  public var definition: TableDefinition
  /// The columns worked out once per row.
  public var derived: [DerivedColumn] = []
  /// Who has to act on its rows.
  public var owner = Owner()
}

/// A column worked out once per row.
public struct DerivedColumn: Sendable {
  /// Its name.
  public var name: String
  /// How it is worked out.
  public var expression: CheckedExpression
}
