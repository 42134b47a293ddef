import Expressions
import Extracts
import Rulebooks
import WorkingTime

/// The cell that says when something was done or when a duty ended.
struct EndCell: Sendable {
  /// The field of the judged row that holds the end, be it by the name of a derived column; nil if
  /// the end is worked out or lies in another row.
  private let field: Int?
  private let column: Column?
  /// The field where an end before the start is to be corrected.
  private let fieldForBlame: Int?
  private let cell: CellPointer?
  /// The lists of other rows' cells that it may be taken from.
  private let listed: [ListedCells]

  /// What to blame for an impossible end.
  struct Place {
    var blame: Blame
    /// Whether the end stands in the cell that is blamed, as far as the rule shows.
    var holdsEnd: Bool
  }

  init(
    _ end: CheckedExpression?, field: Int?, forBlame: Int?, table: Int,
    _ compiler: ExpressionCompiler
  ) {
    let field = field ?? end.flatMap { Self.fieldHeld(by: $0.node, compiler) }
    self.field = field
    fieldForBlame = forBlame
    cell = end.flatMap { CellPointer($0, compiler) }
    listed = end.map { ListedCells.all(in: $0.node, compiler) } ?? []
    column = field.flatMap { compiler.context.dataset.tables[table].columns[$0] }
  }

  private static func fieldHeld(
    by node: CheckedExpression.Node, _ compiler: ExpressionCompiler
  ) -> Int? {
    switch node {
    case .field(.variable(0), _, let field): field
    case .derived(.variable(0), let table, let column):
      fieldHeld(
        by: compiler.context.rulebook.tables[table].derived[column].expression.node, compiler)
    default: nil
    }
  }

  /// The cell, if its value cannot be read; nil otherwise.
  func unreadable(_ row: RowID) -> Blame? {
    guard let field, column?.unreadable.contains(row.row) == true else { return nil }
    return .field(field, of: row)
  }

  /// What to blame for an impossible end; the row is in the frame.
  func place(of end: DueMoment, _ row: RowID, _ frame: inout Frame) -> Place {
    if let cell = cell?.cell(&frame) { return Place(blame: cell, holdsEnd: true) }
    for cells in listed {
      if let cell = cells.cell(holding: end, &frame) { return Place(blame: cell, holdsEnd: true) }
    }
    return Place(
      blame: fieldForBlame.map { .field($0, of: row) } ?? .none, holdsEnd: field != nil)
  }
}
