import Exceptions
public import Extracts
import Values

/// A rule that follows from a table definition.
///
/// There is one for each constraint, for the key and for each reference.
public struct ConstraintRule: Hashable, Sendable {
  /// What it asks.
  public enum Kind: Hashable, Sendable {
    /// The record has the right number of fields and can be read.
    case row
    /// The primary key is present and unique.
    case key
    /// A cell satisfies a constraint of its field, given by the field's number.
    case cell(field: Int, CellConstraint)
    /// The values of a field, given by its number, are unique.
    case unique(field: Int)
    /// A foreign key points at a row, by number in the table's `foreignKeys`.
    case reference(foreignKey: Int)
  }

  /// Its name: `TABLE.FIELD.CONSTRAINT`.
  public var name: String
  /// What it asks.
  public var kind: Kind

  /// All constraint rules of a table, in the order of its definition.
  public static func all(of table: TableDefinition) -> [ConstraintRule] {
    var rules = [ConstraintRule(.row, of: table.name, .row)]
    if !table.primaryKey.isEmpty { rules.append(ConstraintRule(.key, of: table.name, .key)) }
    for (number, field) in table.fields.enumerated() {
      let place = "\(table.name).\(field.name)"
      for constraint in constraints(of: field) {
        rules.append(
          ConstraintRule(constraint.ending, of: place, .cell(field: number, constraint)))
      }
      if field.constraints.unique {
        rules.append(ConstraintRule(.unique, of: place, .unique(field: number)))
      }
    }
    for (number, key) in table.foreignKeys.enumerated() {
      let fields = key.fields.map { table.fields[$0].name }.joined(separator: "|")
      rules.append(
        ConstraintRule(.reference, of: "\(table.name).\(fields)", .reference(foreignKey: number)))
    }
    return rules
  }

  /// Finds a constraint rule of a table by its name.
  public static func named(_ name: String, of table: TableDefinition) -> ConstraintRule? {
    all(of: table).first { $0.name == name }
  }

  private init(_ ending: ConstraintEnding, of place: String, _ kind: Kind) {
    name = ending.name(of: place)
    self.kind = kind
  }

  private static func constraints(of field: FieldDefinition) -> [CellConstraint] {
    let asked = field.constraints
    return CellConstraint.allCases.filter { constraint in
      switch constraint {
      case .required: asked.required
      case .type: field.type != .string
      case .enum: asked.allowed != nil || field.codes != nil
      case .minimum: asked.minimum != nil
      case .maximum: asked.maximum != nil
      case .pattern: asked.pattern != nil
      case .minLength: asked.minLength != nil
      case .maxLength: asked.maxLength != nil
      }
    }
  }
}

extension CellConstraint {
  /// The end of the name of a rule that asks this.
  fileprivate var ending: ConstraintEnding {
    switch self {
    case .required: .required
    case .type: .type
    case .enum: .enum
    case .minimum: .minimum
    case .maximum: .maximum
    case .pattern: .pattern
    case .minLength: .minLength
    case .maxLength: .maxLength
    }
  }
}
