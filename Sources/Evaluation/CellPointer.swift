import Expressions
import Extracts

/// The cell that an expression's value comes from, if the expression is nothing but a field, or the
/// first of several that holds something.
///
/// The field may be in the judged row or in one that the row leads to. Where a cell before it
/// cannot be read, that one is to blame: the value would have been its own.
struct CellPointer: Sendable {
  private struct Place: Sendable {
    let row: RowSource
    let field: Int
  }

  /// An operand of `coalesce`: its value, and where that stands if the operand is a field.
  private struct Operand: Sendable {
    let value: Step
    let place: Place?
  }

  private let operands: [Operand]
  private let dataset: Dataset

  /// Nil if the expression is more than that.
  init?(_ expression: CheckedExpression, _ compiler: ExpressionCompiler) {
    dataset = compiler.context.dataset
    let nodes: [CheckedExpression.Node]
    switch expression.node {
    case .field: nodes = [expression.node]
    case .coalesce(let parts): nodes = parts
    default: return nil
    }
    operands = nodes.map { node in
      guard case .field(let row, _, let field) = node else {
        return Operand(value: compiler.compile(node), place: nil)
      }
      return Operand(
        value: compiler.compile(node), place: Place(row: compiler.rowSource(row), field: field))
    }
  }

  /// The cell, in the row that holds it; nil if there is no such row, or the value stands in none.
  func cell(_ frame: inout Frame) -> Blame? {
    for operand in operands {
      let isOnly = operands.count == 1
      let cell = operand.place.flatMap { place -> Blame? in
        guard case .row(let id) = place.row.row(&frame) else { return nil }
        return .field(place.field, of: id)
      }
      if isOnly || cell.map(isUnreadable) == true || !operand.value(&frame).isAbsent { return cell }
    }
    return nil
  }

  private func isUnreadable(_ cell: Blame) -> Bool {
    dataset.withTable(cell.table) { table in
      table.columns[Int(cell.field)]?.unreadable.contains(cell.row)
    } ?? false
  }
}
