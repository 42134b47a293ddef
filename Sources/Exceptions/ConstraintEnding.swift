/// What a constraint asks, by the end of its name: `TABLE.row`, `TABLE.FIELD.required`.
///
/// The rules of rule files have no `.` in their names.
public enum ConstraintEnding: String, CaseIterable, Sendable {
  /// The record can be read.
  case row = ".row"
  /// The key is there, and no other record has it.
  case key = ".key"
  /// No other record has the value.
  case unique = ".unique"
  /// The record referred to is there.
  case reference = ".reference"
  /// The cell holds something.
  case required = ".required"
  /// It is of the field's type.
  case type = ".type"
  /// It is one of the texts or codes that are allowed.
  case `enum` = ".enum"
  /// It is no less than that.
  case minimum = ".minimum"
  /// It is no more than that.
  case maximum = ".maximum"
  /// It has the form.
  case pattern = ".pattern"
  /// It is no shorter than that.
  case minLength = ".minLength"
  /// It is no longer than that.
  case maxLength = ".maxLength"

  /// Those that ask of a cell alone whether it says anything.
  public static let ofCells: [ConstraintEnding] = [
    .required, .type, .enum, .minimum, .maximum, .pattern, .minLength, .maxLength,
  ]

  /// The name of the constraint on a table, or on a field as `TABLE.FIELD`.
  public func name(of place: String) -> String { place + rawValue }

  /// Whether a rule is a constraint that asks this.
  public func isEnd(of rule: String) -> Bool { rule.hasSuffix(rawValue) }
}
