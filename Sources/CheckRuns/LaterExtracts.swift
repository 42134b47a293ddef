import ExceptionLedger
import Exceptions
import Extracts
import WorkingTime

/// The extracts of a later run, in the place of those of a day that is filled in.
///
/// Where each night's export takes the place of the last, those of an earlier day are gone unless somebody
/// has kept them. A run that is filled in from later ones would put right what was still open on its day.
/// It is known by all extracts being those of one later run, with one among them that no run up to
/// the day has read and had its table whole: a table that seldom changes is the same before the day
/// and after it. A run that was not trusted is no measure: it may be one of several days that were
/// filled in from the same extracts.
struct LaterExtracts {
  /// The first later run that had them all.
  private let run: CalendarDate
  /// The first file of each table that no trusted run up to the day has read, and in what it is the
  /// later one's.
  private let files: [String: (path: String, likeness: Likeness)]

  /// Looks whether the extracts of all tables are such ones.
  init?(_ tables: [Table], against baseline: LedgerBaseline) {
    var shared: Set<CalendarDate>?
    for table in tables {
      for file in table.files where file.rowsChecked > 0 {
        let runs = baseline.laterRuns(ofTable: table.definition.name, with: file.digests)
        shared = shared?.intersection(runs) ?? runs
      }
    }
    guard let run = shared?.min() else { return nil }
    var files: [String: (path: String, likeness: Likeness)] = [:]
    for table in tables where table.definition.person != nil {
      let name = table.definition.name
      guard table.files.reduce(0, { $0 + $1.rowsChecked }) >= OldExtract.many,
        let file = table.files.first(where: { file in
          file.rowsChecked > 0 && !baseline.hasWholeRun(ofTable: name, with: file.digests)
            && !baseline.isOfDay(file.digests, ofTable: name)
        }),
        let likeness = baseline.likeness(of: file.digests, ofTable: name, toRun: run)
      else { continue }
      files[name] = (file.path, likeness)
    }
    if files.isEmpty { return nil }
    self.run = run
    self.files = files
  }

  /// What is said of a table, as of one that has lost something; nil where nothing is.
  func loss(of table: String) -> TableLoss? {
    guard let file = files[table] else { return nil }
    return TableLoss(
      kind: "later",
      what:
        "\(file.path) holds \(file.likeness.words) as in the run of \(run), and no run up to the day that is filled in had it and was trusted: all extracts are those of that later run",
      advice:
        "Nothing in it counts as put right. Put the extracts of the day itself in their place and fill it in again; if they were the same by then, run once with --accept-shrink \(table)."
    )
  }
}
