import ExceptionLedger
import Exceptions
import WorkingTime

/// A table that has fewer records, and an earlier newest date, than when it was last whole.
///
/// Its newest records may be cut off, between two of them, or an older extract may stand in its
/// place: what they showed has not been put right. A table that loses its oldest records keeps its
/// newest date, and one in which nothing happens keeps both.
struct LostNewest {
  /// So many records must be missing.
  ///
  /// One that was entered in error and is deleted may well have been the newest. With a share
  /// instead, a cut of few records of a large table would pass, though all of its newest day are
  /// gone.
  private static let fewest = 2

  /// A sentence without its final stop.
  let what: String
  private let table: String

  /// Compares a table with what it was; nil where it has lost nothing of that kind, or is not whole.
  init?(_ table: TableReport, against baseline: LedgerBaseline) {
    guard table.isPresent, table.isWhole else { return nil }
    let rows = table.rows - table.repeatedRows
    // A run of the day itself, which this one replaces, may have lost as much.
    let tables = baseline.hasRunOfDay ? baseline.wholeBefore : baseline.whole
    guard let whole = tables[table.name], let before = whole.newest,
      table.newest.map({ $0 < before }) ?? true,
      whole.rows - rows >= Self.fewest
    else { return nil }
    self.table = table.name
    let found =
      table.newest.map { "the newest date in it is \($0), and was" }
      ?? "there is no date in it, and the newest was"
    what =
      "\(table.name): \(found) \(before) in the run of \(whole.run), which had \(whole.rows) rows where it has \(rows) now"
  }

  /// What is said of it.
  var remark: String {
    "\(what): its newest records may be cut off, or an older extract may stand in the place of the new one. What is gone with them does not count as put right in this run. Look at when it was exported; if it is right, the next run takes it as it stands, or run once with --accept-shrink \(table)."
  }
}
