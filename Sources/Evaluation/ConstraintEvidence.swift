import Exceptions
import Extracts
import Rulebooks

/// What a run shows about records that a constraint listed earlier and no longer lists.
struct ConstraintEvidence {
  private let context: EvaluationContext
  /// The kind of the constraint, by the numbers of the tables that have it.
  private let kinds: [Int32: ConstraintRule.Kind]

  init(_ name: String, _ context: EvaluationContext) {
    self.context = context
    var kinds: [Int32: ConstraintRule.Kind] = [:]
    for (number, table) in context.dataset.tables.enumerated()
    where name.hasPrefix(table.definition.name + ".") {
      kinds[Int32(number)] =
        ConstraintRule.all(of: table.definition).first { $0.name == name }?.kind
    }
    self.kinds = kinds
  }

  /// A constraint has looked at every row present, except for values that it cannot read.
  func evidence(on exception: UnlistedException, _ rows: [RowID]) -> Evidence {
    if rows.contains(where: isUnreadable) { return .unsettled }
    let digests = rows.lazy.compactMap(digest)
    return digests.contains(exception.digest) ? .outgrown : .inOrder
  }

  /// Whether the constraint's value in a row cannot be read as its type.
  private func isUnreadable(_ row: RowID) -> Bool {
    let table = context.dataset.tables[Int(row.table)]
    switch kinds[row.table] {
    case nil, .cell(_, .type), .cell(_, .required), .key, .row: return false
    case .reference(let key):
      return table.definition.foreignKeys[key].fields.contains {
        table.columns[$0]?.unreadable.contains(row.row) ?? false
      }
    case .cell(let field, _), .unique(let field):
      return table.columns[field]?.unreadable.contains(row.row) ?? false
    }
  }

  /// The digest that a cell would have if it were listed.
  ///
  /// If a cell holds what it held before and is allowed now, nobody corrected it: a future date has
  /// been reached, or the rules have changed. For a name, the digest says only that one was there.
  private func digest(_ row: RowID) -> UInt64? {
    guard case .cell(let number, _) = kinds[row.table] else { return nil }
    let table = context.dataset.tables[Int(row.table)]
    let field = table.definition.fields[number]
    guard field.isShown, let column = table.columns[number] else { return nil }
    return CaseException.digestNumber(
      ofField: field.name, value: column.text(at: Int(row.row), in: context.dataset.pool))
  }
}
