import Expressions
import Rulebooks

/// Whether what a rule waits for can come only with more records, or with other values in them.
///
/// A visit that is there now was not there before: that some other record cannot be read any more,
/// or names nobody, could only have taken visits away. A rule that waits for what no record says
/// shows nothing of the kind.
struct GainedEvents {
  let rulebook: Rulebook

  /// Whether that holds for the event of a deadline, or those of a repeating rule.
  func areAwaited(by rule: Rule) -> Bool {
    switch rule.kind {
    case .deadline(let deadline): deadline.to.map { isGained($0.node) } ?? false
    case .repeating(let duty): isGained(duty.events.node)
    case .check, .limit: false
    }
  }

  /// Whether a step gives nothing more where some records are left out.
  private func isGained(_ node: CheckedExpression.Node) -> Bool {
    if !searches(node) { return true }
    switch node {
    case .children(let row, _): return !searches(row)
    case .allRows: return true
    case .field(let row, _, _), .parent(let row, _): return isGained(row)
    case .derived(let row, let table, let column):
      return !searches(row) && isGained(expression(table, column))
    case .loop(.filter, let list, _, let body), .loop(.map, let list, _, let body):
      return isGained(list) && !searches(body)
    case .listCall(let function, let list, let arguments):
      let picks: Bool
      switch function {
      case .first, .last, .min, .max, .distinct: picks = true
      case .size, .at, .sum, .before, .after: picks = false
      }
      return picks && isGained(list) && !arguments.contains(where: searches)
    case .coalesce(let nodes), .list(let nodes): return nodes.allSatisfy(isGained)
    case .call(.dateOf, let nodes): return nodes.allSatisfy(isGained)
    case .conditional(let condition, let first, let second):
      return !searches(condition) && isGained(first) && isGained(second)
    default: return false
    }
  }

  /// Whether a step looks through records of any table, itself or by derived columns.
  private func searches(_ node: CheckedExpression.Node) -> Bool {
    var seen: Set<[Int]> = []
    func searches(_ node: CheckedExpression.Node) -> Bool {
      node.contains { part in
        switch part {
        case .children, .allRows, .lookup: true
        case .derived(_, let table, let column):
          seen.insert([table, column]).inserted && searches(expression(table, column))
        default: false
        }
      }
    }
    return searches(node)
  }

  private func expression(_ table: Int, _ column: Int) -> CheckedExpression.Node {
    rulebook.tables[table].derived[column].expression.node
  }
}
