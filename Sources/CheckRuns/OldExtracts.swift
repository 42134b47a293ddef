import ExceptionLedger
import Extracts
import WorkingTime

/// The old extracts of a run, by table: those of an earlier one, put in the place of the new ones.
///
/// Whoever puts an old folder in the place of the new one brings back its small tables as well,
/// which alone would not be doubted. They are as old as a large table beside them that an earlier
/// run had with them, or as all extracts where every one is that earlier run's. What was doubted by
/// the last run stays so until it is confirmed.
struct OldExtracts {
  /// That many files do not all go back to what they were.
  ///
  /// Of two, one may be put back by a correction while the other seldom changes.
  private static let fewFiles = 3

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
    let areAll = shown.isEmpty && Self.areOfOneRun(tables, against: baseline)
    for table in tables where byTable[table.definition.name] == nil {
      byTable[table.definition.name] = Self.olds(of: table, against: baseline).first { old in
        areAll || shown.contains { $0.mayShareRun(with: old) }
          || (table.files.count == 1 && old.isOfLastRun(baseline))
      }
    }
  }

  /// The old extract of a table; nil where it has none.
  subscript(_ table: Table) -> OldExtract? { byTable[table.definition.name] }

  /// The files of a table that an earlier run had with it and the last that had it whole did not.
  private static func olds(of table: Table, against baseline: LedgerBaseline) -> [OldExtract] {
    table.files.compactMap { OldExtract($0, of: table, against: baseline) }
  }

  /// Whether all extracts with rows are those of one earlier run, and not those of the last.
  ///
  /// A few small ones that a correction has brought back to what they were are no such folder.
  private static func areOfOneRun(_ tables: [Table], against baseline: LedgerBaseline) -> Bool {
    var paths: Set<String> = []
    var (isLarge, isOlder) = (false, false)
    // An earlier run had them all if the times in which runs had each have a day in common.
    var (firsts, lasts): ([CalendarDate], [CalendarDate]) = ([], [])
    for table in tables {
      let name = table.definition.name
      for file in table.files where file.rowsChecked > 0 {
        let old = OldExtract(file, of: table, against: baseline)
        guard let begin = baseline.firstRun(ofTable: name, with: file.digests),
          let end = old?.known.run ?? baseline.lastRun(ofTable: name, with: file.digests)?.run
        else { return false }
        firsts.append(begin)
        lasts.append(end)
        paths.insert(file.path)
        if file.rowsChecked >= OldExtract.many { isLarge = true }
        if old != nil, table.definition.person != nil, table.files.count == 1 { isOlder = true }
      }
    }
    guard isLarge, isOlder, paths.count >= fewFiles, let first = firsts.max(),
      let last = lasts.min()
    else { return false }
    return first <= last
  }
}
