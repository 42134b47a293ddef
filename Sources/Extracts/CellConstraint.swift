/// The constraint of a field that a cell breaks.
public enum CellConstraint: String, BitwiseCopyable, CaseIterable, Comparable, Hashable, Sendable {
  /// Empty where a value is required.
  case required
  /// Not of the field's type.
  case type
  /// Not among the allowed texts or codes.
  case `enum`
  /// Under the least value.
  case minimum
  /// Over the greatest value.
  case maximum
  /// Not of the required form.
  case pattern
  /// Too short.
  case minLength
  /// Too long.
  case maxLength

  /// Orders the constraints as they are declared.
  public static func < (a: CellConstraint, b: CellConstraint) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
