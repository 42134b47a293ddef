import Expressions
import Rulebooks

/// Which fields of the judged row a rule's exceptions point at, found once from its expressions.
struct FieldPointers: Sendable {
  /// The field for a failed check, or for a verdict with nothing to blame.
  var main: Int?
  /// The field of the judged row that says when it was done.
  var to: Int?
  /// The field to correct if `to` lies before the start.
  var toForBlame: Int?
  /// The field of the judged row that ends the duty.
  var until: Int?
  /// The field to correct if `until` lies before the start.
  var untilForBlame: Int?

  init(_ rule: Rule, in rulebook: Rulebook) {
    switch rule.kind {
    case .check(let check):
      main = check.field ?? Self.first(check.expression, rule.table, rulebook)
    case .deadline(let deadline):
      main = (deadline.from ?? deadline.due).flatMap { Self.first($0, rule.table, rulebook) }
      to = deadline.to.flatMap { Self.plain($0) }
      toForBlame = to ?? deadline.to.flatMap { Self.first($0, rule.table, rulebook) }
    case .repeating(let duty):
      main = Self.first(duty.from, rule.table, rulebook)
      until = duty.until.flatMap { Self.plain($0) }
      untilForBlame = until ?? duty.until.flatMap { Self.first($0, rule.table, rulebook) }
    case .limit: break
    }
  }

  /// The field that an expression is, if it is nothing but a field of the row judged.
  static func plain(_ expression: CheckedExpression) -> Int? {
    if case .field(.variable(0), _, let field) = expression.node { return field }
    return nil
  }

  /// The first field of the judged row in reading order.
  ///
  /// Without one, it is the first reference that the expression follows up, or the field that its
  /// first derived column reads.
  static func first(_ expression: CheckedExpression, _ table: Int, _ rulebook: Rulebook) -> Int? {
    first(expression.node, table, rulebook)
  }

  private static func first(
    _ node: CheckedExpression.Node, _ table: Int, _ rulebook: Rulebook
  ) -> Int? {
    var field: Int?
    var reference: Int?
    var derived: Int?
    node.walk { step in
      switch step {
      case .field(.variable(0), table, let number), .given(.variable(0), table, let number):
        field = field ?? number
      case .parent(.variable(0), let relation):
        reference = reference ?? rulebook.schema.relations[relation].childFields.first
      case .derived(.variable(0), table, let column):
        derived = derived ?? column
      default: break
      }
    }
    if let found = field ?? reference { return found }
    return derived.flatMap {
      first(rulebook.tables[table].derived[$0].expression.node, table, rulebook)
    }
  }
}
