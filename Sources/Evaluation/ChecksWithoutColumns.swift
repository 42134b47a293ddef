import Expressions
import Extracts
import Rulebooks

extension EvaluationContext {
  /// The fields of the judged table that are all that a check asks about, where none of them is in
  /// any file, as `TABLE.FIELD`; empty for any other rule.
  ///
  /// A check may do without a column that it only asks about with `given` or `has`. Where all of
  /// them are gone, `!given(closed_on)` is true of whatever stands in the files, and a heading
  /// written otherwise looks like everything in order.
  func columnsOfNoFile(askedBy rule: Rule) -> [String] {
    guard case .check(let check) = rule.kind else { return [] }
    var asked = AskedColumns(context: self)
    asked.look(check.expression.node)
    if asked.hasMore { return [] }
    let table = rulebook.tables[rule.table].definition
    return asked.inNoFile.sorted().map { "\(table.name).\(table.fields[$0].name)" }
  }
}

/// Looks through a check for columns that are in no file, and for anything besides them.
private struct AskedColumns {
  let context: EvaluationContext
  /// The fields that are in no file.
  private(set) var inNoFile: Set<Int> = []
  /// Whether it reads a column that some file has, another record, or what a date or a council sets:
  /// it may be met for that.
  private(set) var hasMore = false
  private var seen: Set<Int> = []

  init(context: EvaluationContext) { self.context = context }

  mutating func look(_ node: CheckedExpression.Node) {
    switch node {
    // Without other records, each field and derived column is the judged row's.
    case .parent, .children, .allRows, .lookup, .asOf, .parameter, .codes: hasMore = true
    case .field(_, let table, let field), .given(_, let table, let field):
      if context.dataset.tables[table].hasHeading[field] {
        hasMore = true
      } else {
        inNoFile.insert(field)
      }
    case .derived(_, let table, let column) where seen.insert(column).inserted:
      look(context.rulebook.tables[table].derived[column].expression.node)
    default: break
    }
    if hasMore { return }
    node.forEachPart { look($1) }
  }
}
