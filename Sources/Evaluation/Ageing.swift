import Expressions
import Rulebooks

/// Finds which rules can change their verdict merely because time passes, with unchanged extracts.
///
/// That is so for windows of time, ages, and codes that end. It is not so for the question whether
/// something recorded has happened by the as-of date: a visit made since the last run is a change
/// in the extracts, whatever day it bears.
struct Ageing {
  private let rulebook: Rulebook
  /// The answers found so far for derived columns, by table and column.
  private var columns: [[Bool?]]

  init(_ rulebook: Rulebook) {
    self.rulebook = rulebook
    columns = rulebook.tables.map { Array(repeating: nil, count: $0.derived.count) }
  }

  /// Whether the passing of time alone may change the verdict of a rule.
  mutating func touches(_ rule: Rule) -> Bool {
    var found = false
    rule.forEachExpression { if !found, touches($0.node) { found = true } }
    return found
  }

  /// Whether the passing of time alone may change a derived column.
  mutating func touches(table: Int, column: Int) -> Bool {
    if let known = columns[table][column] { return known }
    let found = touches(rulebook.tables[table].derived[column].expression.node)
    columns[table][column] = found
    return found
  }

  private mutating func touches(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .asOf: return true
    case .parameter(let number): return touches(rulebook.parameters[number].node)
    case .codes(let number):
      return rulebook.codeLists[number].entries.contains { $0.from != nil || $0.to != nil }
    case .derived(let row, let table, let column):
      return touches(table: table, column: column) || touches(row)
    case .comparison(let comparison, .asOf, let other),
      .comparison(let comparison, let other, .asOf):
      if asksWhetherHappened(comparison, other, in: rulebook) { return touches(other) }
      return true
    default:
      for part in node.parts where touches(part) { return true }
      return false
    }
  }
}

/// Whether a comparison with the as-of date asks only if something recorded has happened by then.
///
/// Such a comparison does not ask how long ago it happened.
func asksWhetherHappened(
  _ comparison: CheckedExpression.Comparison, _ other: CheckedExpression.Node,
  in rulebook: Rulebook
) -> Bool {
  !comparison.isEquality && isRecorded(other, in: rulebook) == true
}

/// Whether a value is taken unchanged from the extracts rather than worked out from them.
///
/// Nil for a value that stands in the rules.
private func isRecorded(_ node: CheckedExpression.Node, in rulebook: Rulebook) -> Bool? {
  func all(_ nodes: [CheckedExpression.Node]) -> Bool? {
    let found = nodes.map { isRecorded($0, in: rulebook) }
    return found.contains(false) ? false : found.contains(true) ? true : nil
  }
  switch node {
  case .field, .variable, .periodPart: return true
  case .constant, .parameter, .asOf: return nil
  case .derived(_, let table, let column):
    return isRecorded(rulebook.tables[table].derived[column].expression.node, in: rulebook)
  case .conditional(_, let a, let b): return all([a, b])
  case .coalesce(let nodes), .list(let nodes), .call(.min, let nodes), .call(.max, let nodes),
    .call(.dateOf, let nodes):
    return all(nodes)
  case .index(let list, _), .listCall(_, let list, _), .loop(.filter, let list, _, _):
    return isRecorded(list, in: rulebook)
  case .loop(.map, _, _, let body): return isRecorded(body, in: rulebook)
  default: return false
  }
}
