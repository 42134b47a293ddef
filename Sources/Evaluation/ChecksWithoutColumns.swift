import Expressions
import Extracts
import Rulebooks

extension EvaluationContext {
  /// The fields of the judged table for want of which its rows would all meet a rule's check, where
  /// each of them is in no file and the check asks for nothing else; empty for any other rule.
  ///
  /// A check may do without a column that it only asks about with `given` or `has`. Where all of
  /// them are gone, `!given(closed_on)` is true of whatever stands in the files, and a heading
  /// written otherwise would look like everything in order. A check that fails so stays judged: it
  /// lists every row, and nobody takes that for zero.
  func columnsForWantOfWhichAllMeet(_ rule: Rule) -> [Int] {
    guard case .check(let check) = rule.kind else { return [] }
    var asked = AskedColumns(context: self)
    asked.look(check.expression.node)
    guard !asked.hasMore, !asked.inNoFile.isEmpty, isMetBySome(rule, check) else { return [] }
    return asked.inNoFile.sorted()
  }

  /// Whether a check that reads no cell is met, and `when` lets it be asked of some row.
  ///
  /// A rule whose `when` no row meets has nothing to judge, and is told as such.
  private func isMetBySome(_ rule: Rule, _ check: Check) -> Bool {
    let rowCount = Int32(dataset.tables[rule.table].rowCount)
    guard rowCount > 0 else { return false }
    let compiler = ExpressionCompiler(context: self)
    var frame = Frame(row: RowID(table: Int32(rule.table), row: 0))
    // It reads no cell, so what it says of one row it says of all.
    guard compiler.compileTest(check.expression.node)(&frame).isYes else { return false }
    guard let when = rule.when.map({ compiler.compileTest($0.node) }) else { return true }
    return (0..<rowCount).contains { row in
      frame.set(0, .row(RowID(table: Int32(rule.table), row: row)))
      return when(&frame).isYes
    }
  }
}

/// Looks through a check for columns that are in no file, and for anything besides them.
private struct AskedColumns {
  let context: EvaluationContext
  /// The fields that are in no file.
  private(set) var inNoFile: Set<Int> = []
  /// Whether it reads a column that some file has, or another record.
  private(set) var hasMore = false
  private var seen: Set<Int> = []
  private var seenParameters: Set<Int> = []

  init(context: EvaluationContext) { self.context = context }

  mutating func look(_ node: CheckedExpression.Node) {
    switch node {
    // Without other records, each field and derived column is the judged row's.
    case .parent, .children, .allRows, .lookup: hasMore = true
    case .field(_, let table, let field), .given(_, let table, let field):
      if context.dataset.tables[table].hasHeading[field] {
        hasMore = true
      } else {
        inNoFile.insert(field)
      }
    case .derived(_, let table, let column) where seen.insert(column).inserted:
      look(context.rulebook.tables[table].derived[column].expression.node)
    case .parameter(let number) where seenParameters.insert(number).inserted:
      look(context.rulebook.parameters[number].node)
    default: break
    }
    if hasMore { return }
    node.forEachPart { look($1) }
  }
}
