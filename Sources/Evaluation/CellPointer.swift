import Expressions

/// The cell that an expression stands for, if the expression is nothing but a field.
///
/// The field may be in the judged row or in one that the row leads to.
struct CellPointer: Sendable {
  private let row: RowSource
  private let field: Int

  /// Nil if the expression is more than a field.
  init?(_ expression: CheckedExpression, _ compiler: ExpressionCompiler) {
    guard case .field(let row, _, let field) = expression.node else { return nil }
    self.row = compiler.rowSource(row)
    self.field = field
  }

  /// The cell, in the row that holds it; nil if there is no such row.
  func cell(_ frame: inout Frame) -> Blame? {
    guard case .row(let id) = row.value(&frame) else { return nil }
    return .field(field, of: id)
  }
}
