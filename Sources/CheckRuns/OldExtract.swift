import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// A table's file that is one of an earlier run, put in the place of the new one.
///
/// It is known by its very bytes or records: the last run that read the table whole had others.
/// Everything that has been found since would look as if it had been put right. A table of few rows,
/// or of none about children, may well go back to what it was, and of several files one may be kept
/// for long, unless others of that run are beside it (`OldExtracts`).
///
/// So may one of many rows that seldom changes, by the very correction that was asked for. It is
/// doubted for one run, and taken for what it is where the next one confirms it.
struct OldExtract {
  /// That many rows do not all go back to what they were.
  static let many = 20

  private let table: String
  private let digests: ExtractDigests
  /// Its path below the folder of the extracts.
  let path: String
  /// The first run that read it.
  private let first: CalendarDate
  /// The last run that had it and the table whole, and in what it is the same.
  let known: LedgerBaseline.KnownExtract
  /// The last run that had the table whole.
  let last: CalendarDate

  /// Looks whether a table is such a one by itself: of one file with many rows, about children.
  init?(_ table: Table, against baseline: LedgerBaseline) {
    guard table.definition.person != nil, table.files.count == 1, let file = table.files.first,
      file.rowsChecked >= Self.many
    else { return nil }
    self.init(file, of: table, against: baseline)
  }

  /// Looks whether a file of a table, however small, is what an earlier run read and the last one
  /// that had the table whole did not.
  init?(_ file: FileReport, of table: Table, against baseline: LedgerBaseline) {
    let name = table.definition.name
    // All files without a record have the same sum of records.
    guard let older = baseline.olderRun(ofTable: name, with: file.digests),
      older.known.likeness == .bytes || file.rowsRead > 0
    else { return nil }
    self.table = name
    digests = file.digests
    path = file.path
    first = baseline.firstRun(ofTable: name, with: file.digests) ?? older.known.run
    known = older.known
    last = older.last
  }

  /// Whether a run may have had both this and another, by when the first and the last had each.
  func mayShareRun(with other: OldExtract) -> Bool {
    first <= other.known.run && other.first <= known.run
  }

  /// Whether the last run had it too, and did not take the table for whole: it was in doubt then.
  private func isOfLastRun(_ baseline: LedgerBaseline) -> Bool {
    guard let before = baseline.lastRun else { return false }
    return baseline.lastRun(ofTable: table, with: digests)?.run == before
  }

  /// Whether its records are again what they were, as far as extracts can show.
  ///
  /// The run before had the same already, and no fewer rows or earlier dates in it than when the table
  /// was last whole; and another of the `tables` holds by now what no run has read, so that the
  /// export has run. An old extract of a table that grows has fewer rows, and stays in doubt.
  func isConfirmed(among tables: [Table], against baseline: LedgerBaseline) -> Bool {
    guard baseline.undiminished.contains(table), isOfLastRun(baseline) else { return false }
    return tables.contains { $0.definition.name != table && $0.isNew(against: baseline) }
  }

  /// What is said of it once it is confirmed.
  func remark(after run: CalendarDate) -> String {
    "\(path) holds \(known.likeness.words) as in the run of \(known.run), as it did in the run of \(run), with no fewer rows than when the table was last whole, and other extracts are new since: its records count as they stand. If it has not been exported since the run of \(last), look at the export."
  }

  /// What is said of it, as of a table that has lost something.
  func loss(of table: String) -> TableLoss {
    TableLoss(
      kind: "older",
      what:
        "\(path) holds \(known.likeness.words) as in the run of \(known.run), and the run of \(last) had another extract: an old one stands in the place of the new one",
      advice:
        "Nothing in it counts as put right. Export it again; if all its records are again what they were then, run once with --accept-shrink \(table), or wait for the next run: it takes them as they stand if the extract is still the same, with no fewer rows than when the table was last whole, while another is new."
    )
  }
}

extension Table {
  /// Whether a file of the table, which earlier runs have had, holds what none of them has read.
  fileprivate func isNew(against baseline: LedgerBaseline) -> Bool {
    let name = definition.name
    return baseline.whole[name] != nil
      && files.contains { file in
        file.rowsChecked > 0 && !file.sha256.isEmpty && file.faults.isEmpty
          && baseline.lastRun(ofTable: name, with: file.digests) == nil
      }
  }
}

extension FileReport {
  /// By what a later run knows the file again.
  var digests: ExtractDigests { ExtractDigests(sha256: sha256, recordSum: recordSum) }
}
