import ExceptionLedger
import Extracts
import WorkingTime

/// Extracts that are older than the last run's: not exported since, or an old file in place of the
/// new.
///
/// They are recognised by the very bytes of an earlier run, or by the newest date in them. These
/// are remarks, not faults: a file's own time tells when it was copied, a table that nobody has
/// touched is the same from week to week, and the newest record may have been put right.
struct StaleExtracts {
  let tables: [Table]
  /// The newest date of each table, as the ledger will keep it.
  let newest: [CalendarDate?]
  let baseline: LedgerBaseline

  /// Remarks on stale extracts, and the files that are unchanged since the last run while others
  /// are not.
  ///
  /// An unchanged file deserves no remark, as some tables seldom change.
  func found() -> (remarks: [String], unchanged: Set<FileOfTable>) {
    var remarks: [String] = []
    guard let last = baseline.lastRun else { return ([], []) }
    var unchanged: Set<FileOfTable> = []
    var count = 0
    for (table, newest) in zip(tables, newest) {
      var isKnown = false
      for file in table.files where !file.sha256.isEmpty {
        count += 1
        let known = baseline.lastDay(ofTable: table.definition.name, sha256: file.sha256)
        guard let day = known else { continue }
        if day == last {
          unchanged.insert(FileOfTable(table: table.definition.name, path: file.path))
        } else {
          isKnown = true
          remarks.append(
            "\(file.path): it holds the same bytes as an extract of the run of \(day), which the run of \(last) did not "
              + "have: an old extract may stand in the place of the new one.")
        }
      }
      if !isKnown, let remark = older(table.definition.name, newest) { remarks.append(remark) }
    }
    if unchanged.count == count, count > 0 {
      remarks.append(
        "All extracts hold the same bytes as in the run of \(last): the export may not have run since."
      )
      unchanged = []
    }
    return (remarks, unchanged)
  }

  /// A file that may be read for several tables.
  struct FileOfTable: Hashable {
    var table: String
    var path: String
  }

  /// The remark on a table whose newest date lies before that of an earlier run.
  private func older(_ table: String, _ newest: CalendarDate?) -> String? {
    guard let newest, let before = baseline.newest[table], newest < before.date else { return nil }
    return
      "\(table): the newest date in it is \(newest), and was \(before.date) in the run of \(before.run): "
      + "an older extract may stand in the place of the new one. Look at when it was exported."
  }
}
