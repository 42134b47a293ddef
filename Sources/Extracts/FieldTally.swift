/// How many cells of a field were judged.
public struct FieldTally: Hashable, Sendable {
  /// Cells with a text other than a missing value, readable or not.
  public var given = 0
  /// Cells with a value of the field's type.
  public var present = 0

  /// No cells yet.
  public init() {}
}
