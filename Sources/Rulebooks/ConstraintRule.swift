public import Extracts
import Values

/// A rule that a table definition itself makes: one for each constraint, the key, each reference.
public struct ConstraintRule: Hashable, Sendable {
  /// What it asks.
  public enum Kind: Hashable, Sendable {
    /// The record has the right number of fields and can be read.
    case row
    /// The primary key is there and stands once.
    case key
    /// A cell holds what its field asks, by number of the field.
    case cell(field: Int, CellConstraint)
    /// A field's values stand once, by number of the field.
    case unique(field: Int)
    /// A foreign key points at a row, by number in the table's `foreignKeys`.
    case reference(foreignKey: Int)
  }

  /// Its name: `TABLE.FIELD.CONSTRAINT`.
  public var name: String
  /// What it asks.
  public var kind: Kind

  /// All of a table's, in the order of the definition.
  public static func all(of table: TableDefinition) -> [ConstraintRule] {
    var rules = [ConstraintRule(name: "\(table.name).row", kind: .row)]
    if !table.primaryKey.isEmpty {
      rules.append(ConstraintRule(name: "\(table.name).key", kind: .key))
    }
    for (number, field) in table.fields.enumerated() {
      let start = "\(table.name).\(field.name)"
      for constraint in constraints(of: field) {
        rules.append(
          ConstraintRule(
            name: "\(start).\(constraint.rawValue)", kind: .cell(field: number, constraint)))
      }
      if field.constraints.unique {
        rules.append(ConstraintRule(name: "\(start).unique", kind: .unique(field: number)))
      }
    }
    for (number, key) in table.foreignKeys.enumerated() {
      let fields = key.fields.map { table.fields[$0].name }.joined(separator: "|")
      rules.append(
        ConstraintRule(
          name: "\(table.name).\(fields).reference", kind: .reference(foreignKey: number)))
    }
    return rules
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
