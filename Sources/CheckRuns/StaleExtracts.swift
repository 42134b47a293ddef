import Diagnostics
import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// Extracts that are older than the last run's: not exported since, or an old file in place of the
/// new.
///
/// They are recognised by the very bytes or records of an earlier run, or by the newest date in them.
/// These are remarks, not faults, except for an `OldExtract`: a file's own time tells when it was copied, a
/// table that nobody has touched is the same from week to week, and the newest record may have been
/// put right. What has gone with the newest of several is held back for a run (`LostNewest`).
struct StaleExtracts {
  let tables: [Table]
  /// The newest date of each table, as the ledger will keep it; nil where there is none, or where
  /// it has been told that it is earlier than it was.
  let newest: [CalendarDate?]
  let baseline: LedgerBaseline
  let isBackfill: Bool

  /// What is found.
  struct Found {
    /// What somebody should look at.
    var remarks: [String] = []
    /// The files that are unchanged since the last run while others are not, and in what.
    ///
    /// Each deserves no remark of the run's, as some tables seldom change.
    var unchanged: [FileOfTable: Likeness] = [:]
    /// What is said of each of many files that an earlier run had; the run has one remark on them.
    var old: [FileOfTable: String] = [:]
    /// Set where so many files are unchanged that nobody may have exported them.
    var staleness: Staleness?
  }

  /// Finds extracts that earlier runs have read.
  func found() -> Found {
    var found = Found()
    guard let last = baseline.lastRun else { return found }
    let olds = OldExtracts(tables, against: baseline, isBackfill: isBackfill)
    var count = 0
    for (table, newest) in zip(tables, newest) {
      // An old extract that has been told as a fault, or accepted, needs no remark besides.
      let told = Set(olds[table].map(\.extract.path))
      var isKnown = !told.isEmpty
      var again: [OldFiles: [String]] = [:]
      for file in table.files where !file.sha256.isEmpty {
        count += 1
        let known = baseline.lastRun(ofTable: table.definition.name, with: file.digests)
        guard let known else { continue }
        if known.run == last {
          let file = FileOfTable(table: table.definition.name, path: file.path)
          found.unchanged[file] = known.likeness
        } else if !told.contains(file.path), known.likeness == .bytes || file.rowsRead > 0 {
          isKnown = true
          again[OldFiles(run: known.run, likeness: known.likeness), default: []].append(file.path)
        }
      }
      tell(again, of: table.definition.name, besides: last, &found)
      if !isKnown, let remark = older(table.definition.name, newest) {
        found.remarks.append(remark)
      }
    }
    let likeness = found.unchanged.values.contains(.records) ? Likeness.records : .bytes
    if found.unchanged.count == count, count > 0 {
      found.staleness = Staleness(
        run: last, since: baseline.unchangedSince[likeness], likeness)
      found.unchanged = [:]
    } else {
      found.staleness = share(of: Set(found.unchanged.keys)).map {
        Staleness(run: last, likeness, some: $0)
      }
    }
    if let staleness = found.staleness {
      found.remarks.append(staleness.sentence(\.description))
    }
    return found
  }

  /// What old files of a table have in common.
  private struct OldFiles: Hashable {
    /// The last run that had them.
    var run: CalendarDate
    var likeness: Likeness
  }

  /// The most old files of one run of which each has a remark of the run's.
  private static let mostTold = 3

  /// Tells of a table's files that an earlier run had and the last one did not, of many in one
  /// sentence.
  private func tell(
    _ again: [OldFiles: [String]], of table: String, besides last: CalendarDate,
    _ found: inout Found
  ) {
    let inOrder = again.sorted { a, b in
      (a.key.run, a.key.likeness.rawValue) < (b.key.run, b.key.likeness.rawValue)
    }
    for (old, paths) in inOrder {
      let words =
        "it holds \(old.likeness.words) as an extract of the run of \(old.run), which the run of \(last) did not "
        + "have: an old extract may stand in the place of the new one."
      if paths.count <= Self.mostTold {
        found.remarks += paths.map { "\($0): \(words)" }
        continue
      }
      let which = together(paths, most: 2)
      found.remarks.append(
        "\(paths.count) files of \(table) hold \(old.likeness.words) as in the run of \(old.run), and the run of \(last) did not have them (\(which)): "
          + "old extracts may stand in the place of the new ones.")
      for path in paths { found.old[FileOfTable(table: table, path: path)] = words }
    }
  }

  /// The share of the files with rows that are unchanged; nil where it is less than half.
  ///
  /// An export that fails for some tables brings new files of the others. One file alone may well be
  /// of a table that seldom changes.
  private func share(of unchanged: Set<FileOfTable>) -> Staleness.Share? {
    var (all, changed): (Set<String>, Set<String>) = ([], [])
    for table in tables {
      for file in table.files where file.rowsChecked > 0 {
        all.insert(file.path)
        let file = FileOfTable(table: table.definition.name, path: file.path)
        if !unchanged.contains(file) { changed.insert(file.path) }
      }
    }
    let same = all.count - changed.count
    return same > 1 && same * 2 >= all.count ? Staleness.Share(same: same, all: all.count) : nil
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
