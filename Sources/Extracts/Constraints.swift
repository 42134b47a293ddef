public import Patterns
public import Values

/// What the cells of a field must hold; each is a rule of its own.
public struct Constraints: Sendable {
  /// A cell must hold something.
  public var required = false
  /// No value may occur twice.
  public var unique = false
  /// The only texts allowed, as written in the file.
  public var allowed: [Text]?
  /// The least value.
  public var minimum: Bound?
  /// The greatest value.
  public var maximum: Bound?
  /// What the whole text must match.
  public var pattern: Pattern?
  /// The least length in code points.
  public var minLength: Int?
  /// The greatest length in code points.
  public var maxLength: Int?

  /// No constraints.
  public init() {}
}

/// A least or greatest value.
public enum Bound: Hashable, Sendable {
  /// The as-of date of the run.
  case asOf
  /// A value of the field's own type (`integer`, `number`, `date`, `datetime` or `time`).
  case value(CellValue)
}
