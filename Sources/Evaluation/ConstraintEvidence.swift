import Exceptions
import Extracts
import Rulebooks
import Values

/// What a run shows about records that a constraint listed earlier and no longer lists.
struct ConstraintEvidence {
  private let context: EvaluationContext
  /// The kind of the constraint, by the numbers of the tables that have it.
  private let kinds: [Int32: ConstraintRule.Kind]
  /// The values that several rows have of a field that is to be unique, by the numbers of the
  /// tables; only those of the rows that are asked about, as a table may have millions.
  private let shared: [Int32: Set<String>]
  /// The days to come that the field may hold, by the numbers of the tables.
  private let ahead: [Int32: DaysAhead]
  /// The rows whose cell is not allowed now either, by the numbers of the tables.
  private let failing: [Int32: Set<Int32>]

  /// `rows` are the rows that will be asked about.
  init(_ name: String, _ context: EvaluationContext, rows: [RowID]) {
    self.context = context
    var kinds: [Int32: ConstraintRule.Kind] = [:]
    for (number, table) in context.dataset.tables.enumerated()
    where name.hasPrefix(table.definition.name + ".") {
      kinds[Int32(number)] = ConstraintRule.named(name, of: table.definition)?.kind
    }
    self.kinds = kinds
    ahead = kinds.reduce(into: [:]) { ahead, entry in
      guard case .cell(let field, .maximum) = entry.value else { return }
      ahead[entry.key] = DaysAhead(inField: field, ofTable: Int(entry.key), context)
    }
    failing = kinds.reduce(into: [:]) { failing, entry in
      guard case .cell(let field, let constraint) = entry.value else { return }
      let findings = context.dataset.tables[Int(entry.key)].findings
      failing[entry.key] = Set(
        findings.indices.lazy.filter {
          Int(findings.field(at: $0)) == field && findings.constraint(at: $0) == constraint
        }.map { findings.row(at: $0) })
    }
    shared = kinds.reduce(into: [:]) { shared, entry in
      guard case .unique(let field) = entry.value else { return }
      let own = rows.filter { $0.table == entry.key }.map { Int($0.row) }
      shared[entry.key] = context.dataset.tables[Int(entry.key)].valuesTwice(
        of: field, among: own, context.dataset.pool)
    }
  }

  /// A constraint has looked at every row present, except for values that it cannot read.
  func evidence(on exception: UnlistedException, _ rows: [RowID]) -> Evidence {
    if rows.contains(where: isUnreadable) { return .unsettled }
    // Of rows that share a value all but the first are listed: another order of the rows lists
    // another of them, and corrects none. Of rows with one key, one whose cell is not allowed now
    // either is listed: another that held the same has been corrected or taken out.
    let asked = rows.lazy.filter { row in
      if failing[row.table]?.contains(row.row) == true { return false }
      // A day that is still to come is allowed by what another cell says now.
      if ahead[row.table]?.include(row: row.row) == true { return false }
      return !isUnique(row) || isShared(row)
    }
    return asked.contains { holds(exception.digest, $0) } ? .outgrown : .inOrder
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

  private func isUnique(_ row: RowID) -> Bool {
    if case .unique = kinds[row.table] { true } else { false }
  }

  private func isShared(_ row: RowID) -> Bool {
    guard case .unique(let field) = kinds[row.table],
      let column = context.dataset.tables[Int(row.table)].columns[field]
    else { return false }
    let value = column.valueText(at: Int(row.row), in: context.dataset.pool)
    return shared[row.table]?.contains(value) ?? false
  }

  /// Whether a cell holds what had this digest when it was listed.
  ///
  /// If a cell holds what it held before and is allowed now, nobody corrected it: a future date has
  /// been reached, or the rules have changed. Nor has anybody if an export writes the same day in
  /// another way. For a name, the digest says only that one was there.
  private func holds(_ digest: UInt64, _ row: RowID) -> Bool {
    guard let (number, isByValue) = askedField(row) else { return false }
    let table = context.dataset.tables[Int(row.table)]
    let field = table.definition.fields[number]
    guard field.isShown, let column = table.columns[number] else { return false }
    func isOf(_ text: String) -> Bool {
      CaseException.digestNumber(ofField: field.name, value: text) == digest
    }
    if isOf(column.text(at: Int(row.row), in: context.dataset.pool)) { return true }
    guard isByValue else { return false }
    let value = column.value(at: Int(row.row), in: context.dataset.pool)
    return field.spellings(of: value).contains(where: isOf)
  }

  /// The field that the constraint asks about, and whether it asks for its value, not its text.
  private func askedField(_ row: RowID) -> (number: Int, isByValue: Bool)? {
    switch kinds[row.table] {
    case .cell(let field, .minimum), .cell(let field, .maximum), .cell(let field, .enum),
      .unique(let field):
      (field, true)
    case .cell(let field, _): (field, false)
    default: nil
    }
  }
}

extension Table {
  /// The values of some rows in a field that another row has as well.
  fileprivate func valuesTwice(of field: Int, among rows: [Int], _ pool: StringPool) -> Set<String>
  {
    guard let column = columns[field], !rows.isEmpty else { return [] }
    let wanted = Set(rows.map { column.valueText(at: $0, in: pool) }.filter { !$0.isEmpty })
    var once: Set<String> = []
    var twice: Set<String> = []
    for row in 0..<rowCount {
      let value = column.valueText(at: row, in: pool)
      if wanted.contains(value), !once.insert(value).inserted { twice.insert(value) }
    }
    return twice
  }
}
