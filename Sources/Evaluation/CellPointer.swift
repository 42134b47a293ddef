import Expressions

/// The cell that an expression is, if it is nothing but a field: of the row judged, or of one that
/// it leads to.
struct CellPointer: Sendable {
  private let row: RowSource
  private let field: Int

  /// Nil where the expression is anything else.
  init?(_ expression: CheckedExpression, _ compiler: ExpressionCompiler) {
    guard case .field(let row, _, let field) = expression.node else { return nil }
    self.row = compiler.rowSource(row)
    self.field = field
  }

  /// The cell, on the row that it stands on; nil where there is no such row.
  func cell(_ frame: inout Frame) -> Blame? {
    guard case .row(let id) = row.value(&frame) else { return nil }
    return .field(field, of: id)
  }
}
