import Expressions
import Extracts
import Rulebooks

/// The cell that says when something was done, or ended.
struct EndCell: Sendable {
  /// The plain field of the row judged that it is; nil where the end is worked out, or stands on
  /// another row.
  private let field: Int?
  private let column: Column?
  /// Where an end that lies before the start is put right.
  private let fieldForBlame: Int?
  private let cell: CellPointer?

  init(
    _ end: CheckedExpression?, field: Int?, forBlame: Int?, table: Int,
    _ compiler: ExpressionCompiler
  ) {
    self.field = field
    fieldForBlame = forBlame
    cell = end.flatMap { CellPointer($0, compiler) }
    column = field.flatMap { compiler.context.dataset.tables[table].columns[$0] }
  }

  /// The cell, where what stands in it cannot be read; nil elsewhere.
  func unreadable(_ row: RowID) -> Blame? {
    guard let field, column?.unreadable.contains(row.row) == true else { return nil }
    return .field(field, of: row)
  }

  /// What an end that cannot be is to be blamed on; the row stands in the frame.
  func blame(_ row: RowID, _ frame: inout Frame) -> Blame {
    cell?.cell(&frame) ?? fieldForBlame.map { .field($0, of: row) } ?? .none
  }
}
