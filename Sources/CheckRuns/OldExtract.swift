import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// A table's file that is one of an earlier run, put in the place of the new one.
///
/// It is known by its very bytes or records: the last run that read the table whole had others.
/// Everything that has been found since would look as if it had been put right. A file of few rows,
/// or of a table about no children, may well go back to what it was, unless others of that run are
/// beside it (`OldExtracts`).
///
/// So may one of many rows that seldom changes, by the very correction that was asked for. It is
/// doubted for a run or for some, and taken for what it is where the next ones confirm it.
struct OldExtract {
  /// That many rows do not all go back to what they were.
  static let many = 20
  /// Others were new in so many runs that had it before it is taken although it has lost something.
  private static let manyRuns = 3

  /// The name of its table.
  let table: String
  private let digests: ExtractDigests
  /// Its path below the folder of the extracts.
  let path: String
  /// How many records of it count.
  let rows: Int
  /// The rows that stood in its place when the table was last whole; nil where nobody can tell.
  private let rowsBefore: Int?
  private let isOnlyFile: Bool
  /// Whether its records name children.
  let namesChildren: Bool
  /// Whether it has records and stands in the place of another, and has not come to those that were
  /// there.
  let replaces: Bool
  /// The first run that read it.
  private let first: CalendarDate
  /// The last run that had it and the table whole, and in what it is the same.
  let known: LedgerBaseline.KnownExtract
  /// The last run that had the table whole.
  let last: CalendarDate

  /// Looks whether a file of a table, however small, is what an earlier run read and the last one
  /// that had the table whole did not; `former` are the table's files of that run.
  init?(
    _ file: FileReport, of table: Table, _ former: FormerFiles, against baseline: LedgerBaseline
  ) {
    let name = table.definition.name
    // All files without a record have the same sum of records.
    guard let older = baseline.olderRun(ofTable: name, with: file.digests),
      older.known.likeness == .bytes || file.rowsRead > 0
    else { return nil }
    self.table = name
    digests = file.digests
    path = file.path
    rows = file.rowsChecked
    rowsBefore = former.rows(before: file)
    isOnlyFile = table.files.count == 1
    namesChildren = table.definition.person != nil
    replaces = file.rowsChecked > 0 && !former.areJoined(by: file)
    first = baseline.firstRun(ofTable: name, with: file.digests) ?? older.known.run
    known = older.known
    last = older.last
  }

  /// Whether it is doubted whatever stands beside it: one of many rows, about children.
  var isDoubtedAlone: Bool { namesChildren && replaces && rows >= Self.many }

  /// From the first run that had it to the last: those of two extracts overlap where one run may have
  /// had both.
  var runs: ClosedRange<CalendarDate> { min(first, known.run)...known.run }

  /// What is said of it where its records are again what they were, as far as extracts can show.
  ///
  /// Nil where nothing shows that.
  func confirmation(among tables: [Table], against baseline: LedgerBaseline) -> String? {
    if let last = baseline.lastRun, isConfirmed(among: tables, against: baseline) {
      return
        "\(path) holds \(known.likeness.words) as in the run of \(known.run), as it did in the run of \(last), with no fewer rows than when the table was last whole, and other extracts are new since: \(stands)"
    }
    return baseline.kept(digests, asTable: table, besidesNewInRuns: Self.manyRuns).map { since in
      "\(path) holds \(known.likeness.words) as in the run of \(known.run), as it did in every run since that of \(since), and other extracts were new in \(Self.manyRuns) of them: \(stands)"
    }
  }

  private var stands: String {
    "its records count as they stand. If it has not been exported since the run of \(last), look at the export."
  }

  /// Whether the next run confirms it.
  ///
  /// The run before had the same already, and no fewer rows or earlier dates in it than when the
  /// table was last whole; and another of the `tables` holds by now what no run has read, so that the
  /// export has run. An old extract of a table that grows has fewer rows, and stays in doubt for
  /// longer; so does one that a child has left again.
  private func isConfirmed(among tables: [Table], against baseline: LedgerBaseline) -> Bool {
    guard baseline.undiminished.contains(table), isNoSmaller, isOfLastRun(baseline) else {
      return false
    }
    return tables.contains { $0.definition.name != table && $0.isNew(against: baseline) }
  }

  /// Whether it has as many rows as what it stands for; the rows of an only file are its table's.
  private var isNoSmaller: Bool { isOnlyFile || rowsBefore.map { rows >= $0 } ?? false }

  /// Whether the last run had it too, and did not take the table for whole: it was in doubt then.
  private func isOfLastRun(_ baseline: LedgerBaseline) -> Bool {
    guard let before = baseline.lastRun else { return false }
    return baseline.lastRun(ofTable: table, with: digests)?.run == before
  }

  /// What is said of it where the last whole run seems to have had it cut off; nil for any other.
  ///
  /// Then the run before that one had it, with many more rows and no earlier dates. An old extract may
  /// have a few rows more as well, where cases leave the table once they are closed.
  func repair(among tables: [Table], against baseline: LedgerBaseline) -> String? {
    guard known.run == baseline.wholeRunBeforeLast(ofTable: table), let rowsBefore,
      rows - rowsBefore >= TableStanding.many,
      let before = baseline.newest[table]?.date,
      let own = tables.first(where: { $0.definition.name == table }),
      let newest = NewestDate(table: own).upTo(baseline.asOf), newest >= before
    else { return nil }
    return
      "\(path) holds \(known.likeness.words) as in the run of \(known.run), \(rows - rowsBefore) rows more than in the run of \(last), which may have had it cut off: its records count as they stand. What has come since may be missing; if anything should have, look at the export."
  }

  /// What is said of it, as of a table that has lost something.
  var loss: TableLoss {
    TableLoss(
      kind: "older",
      what:
        "\(path) holds \(known.likeness.words) as in the run of \(known.run), and the run of \(last) had another extract: an old one stands in the place of the new one",
      advice:
        "Nothing in it counts as put right. Export it again; if all its records are again what they were then, run once with --accept-shrink \(table), or wait for the next run: it takes them as they stand if the extract is still the same, with no fewer rows than when the table was last whole, while another is new. With fewer rows or earlier dates it is taken after \(Self.manyRuns) runs that had it while others were new."
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
