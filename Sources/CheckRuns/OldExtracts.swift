import ExceptionLedger
import Extracts

/// The old extracts of a run, by table: those of an earlier one, put in the place of the new ones.
///
/// Whoever puts an old folder in the place of the new one brings back its small tables as well,
/// which alone would not be doubted: a correction may put their few records back. They are as old as
/// a large table beside them that an earlier run had with them. Where several went back to one
/// earlier run, and no extract at all is new, they are an old folder, however small.
struct OldExtracts {
  /// An old extract.
  struct Found {
    let extract: OldExtract
    /// What is said of it where it is taken for what it is; nil where it is doubted.
    let remark: String?
  }

  private var byTable: [String: [Found]] = [:]

  /// Looks at all tables of a run.
  ///
  /// A run that is filled in may read what a later one did not have.
  init(_ tables: [Table], against baseline: LedgerBaseline, isBackfill: Bool) {
    if isBackfill { return }
    let olds = tables.flatMap { table in
      let former = FormerFiles(of: table, in: baseline)
      return table.files.compactMap { OldExtract($0, of: table, former, against: baseline) }
    }
    let confirmations = olds.map { $0.confirmation(among: tables, against: baseline) }
    let repairs = olds.map { $0.repair(among: tables, against: baseline) }
    // What is confirmed or mended tonight says nothing of another table.
    let doubted = olds.indices.filter { confirmations[$0] == nil && repairs[$0] == nil }
      .map { olds[$0] }.filter(\.replaces)
    let areFolder = Self.areFolder(doubted, among: tables, against: baseline)
    let large = Self.tablesOfManyRows(doubted)
    let shown =
      areFolder ? doubted : doubted.filter { $0.isDoubtedAlone || large.contains($0.table) }
    // Hundreds of files may be those of one run.
    let spans = Set(shown.map(\.runs))
    for (place, old) in olds.enumerated() {
      let isBeside = spans.contains { $0.overlaps(old.runs) }
      guard isBeside || old.isDoubtedAlone else { continue }
      let remark = confirmations[place] ?? (isBeside ? nil : repairs[place])
      byTable[old.table, default: []].append(Found(extract: old, remark: remark))
    }
  }

  /// The old extracts of a table.
  subscript(_ table: Table) -> [Found] { byTable[table.definition.name] ?? [] }

  /// Whether extracts are an old folder by their number alone.
  ///
  /// A correction may bring a small one back to what it was, and where something is new the export has
  /// run.
  private static func areFolder(
    _ olds: [OldExtract], among tables: [Table], against baseline: LedgerBaseline
  ) -> Bool {
    guard Set(olds.map(\.path)).count > 1, olds.contains(where: \.namesChildren),
      !tables.contains(where: { $0.isUnread(against: baseline) })
    else { return false }
    let spans = Set(olds.map(\.runs))
    return spans.allSatisfy { one in spans.allSatisfy { one.overlaps($0) } }
  }

  /// The tables that name children and of which several old files have many rows together, though
  /// none of them has by itself.
  private static func tablesOfManyRows(_ olds: [OldExtract]) -> Set<String> {
    let byTable = Dictionary(grouping: olds.filter(\.namesChildren), by: \.table)
    return Set(
      byTable.filter { _, files in
        files.count > 1 && files.reduce(0) { $0 + $1.rows } >= OldExtract.many
      }.keys)
  }
}

extension Table {
  /// Whether no run has read one of its files.
  fileprivate func isUnread(against baseline: LedgerBaseline) -> Bool {
    files.contains { file in
      file.rowsChecked > 0
        && baseline.lastRun(ofTable: definition.name, with: file.digests) == nil
    }
  }
}
