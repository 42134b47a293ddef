import Expressions
import Rulebooks
import WorkingTime

/// The cells of other rows among which an end is looked for, as in
/// `this.visits.map(v, v.visited_on).min()`.
struct ListedCells: Sendable {
  /// The rows, or what leads to the rows that hold the cells.
  private let elements: Elements
  private let slot: Int
  private let value: Step
  private let row: RowSource
  private let field: Int

  /// Nil if an expression is not the least, greatest, first or last of such cells.
  private init?(_ node: CheckedExpression.Node, _ compiler: ExpressionCompiler) {
    guard case .listCall(let function, .loop(.map, let list, let slot, let body), _) = node,
      case .field(let row, _, let field) = body
    else { return nil }
    switch function {
    case .min, .max, .first, .last: break
    default: return nil
    }
    elements = compiler.loopElements(list)
    self.slot = slot
    value = compiler.compile(body)
    self.row = compiler.rowSource(row)
    self.field = field
  }

  /// All from which an expression may take its value, directly, by `coalesce` or by the name of a
  /// derived column of the judged row.
  static func all(
    in node: CheckedExpression.Node, _ compiler: ExpressionCompiler
  ) -> [ListedCells] {
    switch node {
    case .listCall: ListedCells(node, compiler).map { [$0] } ?? []
    case .coalesce(let nodes): nodes.flatMap { all(in: $0, compiler) }
    case .derived(.variable(0), let table, let column):
      all(
        in: compiler.context.rulebook.tables[table].derived[column].expression.node, compiler)
    default: []
    }
  }

  /// The first cell that holds a day or moment; nil if none does.
  func cell(holding end: DueMoment, _ frame: inout Frame) -> Blame? {
    var found: Blame?
    _ = elements(&frame) { element, frame in
      frame.set(slot, element)
      guard DueMoment(value(&frame)) == end, case .row(let id) = row.row(&frame) else {
        return true
      }
      found = .field(field, of: id)
      return false
    }
    return found
  }
}
