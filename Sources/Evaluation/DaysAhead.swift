import Extracts
import Rulebooks
import WorkingTime

/// The days after the as-of date that a field of a table may hold: those of rows for which
/// `mayBeAhead` is true.
struct DaysAhead {
  private let table: Int32
  private let field: Int
  private let isAllowed: Step
  private let context: EvaluationContext

  /// Nil if the field allows none.
  init?(inField field: Int, ofTable table: Int, _ context: EvaluationContext) {
    guard let condition = context.rulebook.tables[table].mayBeAhead[field] else { return nil }
    self.table = Int32(table)
    self.field = field
    self.context = context
    // What nobody can work out allows nothing: an empty list in place of a table that is in no
    // extract would have a condition on all its rows hold.
    isAllowed =
      context.lacksInputs(of: condition, ofTable: table)
      ? Step { _ in .unexplained } : ExpressionCompiler(context: context).compile(condition)
  }

  /// Whether a row holds such a day.
  func include(row: Int32) -> Bool {
    let table = context.dataset.tables[Int(table)]
    guard let column = table.columns[field],
      let day = Value(column.value(at: Int(row), in: context.dataset.pool), blame: .none).day,
      day > context.asOf
    else { return false }
    var frame = Frame(row: RowID(table: self.table, row: row))
    if case .bool(true) = isAllowed(&frame) { return true }
    return false
  }
}
