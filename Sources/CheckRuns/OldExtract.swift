import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// A table whose only file is one of an earlier run, put in the place of the new one.
///
/// It is known by its very bytes or records: the last run that read the table whole had others.
/// Everything that has been found since would look as if it had been put right. A table of few rows, or of none
/// about children, may well go back to what it was; of several files, one may be kept for long.
struct OldExtract {
  /// That many rows do not all go back to what they were.
  private static let many = 20

  /// Its path below the folder of the extracts.
  let path: String
  /// The run that had it, and in what it is the same.
  let known: LedgerBaseline.KnownExtract
  /// The last run that had the table whole.
  let last: CalendarDate

  /// Looks whether a table is such a one.
  ///
  /// A run that is filled in may read what a later one did not have.
  init?(_ table: Table, against baseline: LedgerBaseline, isBackfill: Bool) {
    guard !isBackfill, table.definition.person != nil, table.files.count == 1,
      let file = table.files.first, file.rowsChecked >= Self.many,
      let older = baseline.olderRun(ofTable: table.definition.name, with: file.digests)
    else { return nil }
    path = file.path
    known = older.known
    last = older.last
  }

  /// What is said of it, as of a table that has lost something.
  func loss(of table: String) -> TableLoss {
    TableLoss(
      kind: "older",
      what:
        "\(path) holds \(known.likeness.words) as in the run of \(known.run), and the run of \(last) had another extract: an old one stands in the place of the new one",
      advice:
        "Nothing in it counts as put right. Export it again; if all its records are again what they were then, run once with --accept-shrink \(table)."
    )
  }
}

extension FileReport {
  /// By what a later run knows the file again.
  var digests: ExtractDigests { ExtractDigests(sha256: sha256, recordSum: recordSum) }
}
