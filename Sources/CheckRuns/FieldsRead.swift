import Expressions
import Extracts
import Rulebooks

/// The fields that one rule reads, also by way of derived columns, and the keys by which records
/// are found.
struct FieldsRead {
  /// The numbers of the fields, by table.
  private(set) var fields: [Set<Int>]

  private let rulebook: Rulebook
  private var seen: Set<ExpressionUse> = []

  /// Looks through a rule, or a constraint, of this name.
  init(by name: String, in rulebook: Rulebook) {
    self.rulebook = rulebook
    fields = rulebook.tables.map { table in
      Set(table.definition.primaryKey).union(table.definition.foreignKeys.flatMap(\.fields))
    }
    if let rule = rulebook.rule(named: name) {
      take(rule)
    } else {
      for (number, table) in rulebook.tables.enumerated() {
        switch ConstraintRule.named(name, of: table.definition)?.kind {
        case .cell(let field, let constraint):
          fields[number].insert(field)
          if constraint == .maximum, let condition = table.mayBeAhead[field] { take(condition) }
        case .unique(let field): fields[number].insert(field)
        case .row, .key, .reference, nil: break
        }
      }
    }
  }

  private mutating func take(_ rule: Rule) {
    if case .check(let check) = rule.kind, let field = check.field {
      fields[rule.table].insert(field)
    }
    for expression in rule.expressions { take(expression) }
  }

  private mutating func take(_ expression: CheckedExpression) {
    for use in expression.uses where seen.insert(use).inserted {
      switch use {
      case .field(let table, let field): fields[table].insert(field)
      case .derived(let table, let column):
        take(rulebook.tables[table].derived[column].expression)
      case .parameter(let number): take(rulebook.parameters[number])
      case .lookup, .codes: break
      }
    }
  }
}
