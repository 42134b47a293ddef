import ExceptionLedger
import Extracts

/// The old extracts of a run, by table: those of an earlier one, put in the place of the new ones.
///
/// Whoever puts an old folder in the place of the new one brings back its small tables as well,
/// which alone would not be doubted: a correction may put their few records back. They are as old as
/// a large table beside them that an earlier run had with them.
struct OldExtracts {
  private var byTable: [String: OldExtract] = [:]

  /// Looks at all tables of a run.
  ///
  /// A run that is filled in may read what a later one did not have.
  init(_ tables: [Table], against baseline: LedgerBaseline, isBackfill: Bool) {
    if isBackfill { return }
    for table in tables {
      byTable[table.definition.name] = OldExtract(table, against: baseline)
    }
    // What is confirmed tonight says nothing of another table.
    let shown = byTable.values.filter { !$0.isConfirmed(among: tables, against: baseline) }
    for table in tables where byTable[table.definition.name] == nil {
      byTable[table.definition.name] = Self.olds(of: table, against: baseline).first { old in
        shown.contains { $0.mayShareRun(with: old) }
      }
    }
  }

  /// The old extract of a table; nil where it has none.
  subscript(_ table: Table) -> OldExtract? { byTable[table.definition.name] }

  /// The files of a table that an earlier run had with it and the last that had it whole did not.
  private static func olds(of table: Table, against baseline: LedgerBaseline) -> [OldExtract] {
    table.files.compactMap { OldExtract($0, of: table, against: baseline) }
  }
}
