public import Exceptions
import Foundation
import GRDB
public import WorkingTime

/// The memory of all runs: each exception's life, and each run's figures, in one SQLite file.
///
/// A run is written in one transaction, in write-ahead mode: however the process ends, the ledger
/// is either as it was before the run or as it is after.
public struct ExceptionLedger: Sendable {
  /// The file.
  public let path: String
  private let file: LedgerFile

  /// Opens a ledger for a run, creating it for its owner alone where there is none.
  ///
  /// A file that is damaged, belongs to something else, was altered or was written by a later
  /// version is refused and left as it is.
  public init(forRun path: String) throws(LedgerFault) {
    self.path = path
    file = try LedgerFile.forWriting(path)
  }

  /// Closes the file early; any later use of it fails.
  ///
  /// A file that was created for a run which came to nothing is removed: a ledger without a run
  /// would look as if its contents had been lost.
  public func close() {
    let isUnused = file.isNew && (try? file.read { try hasNoRun($0) }) == true
    try? file.queue.close()
    if isUnused { try? FileManager.default.removeItem(atPath: path) }
  }

  private func hasNoRun(_ db: Database) throws -> Bool {
    try Int.fetchOne(db, sql: "SELECT count(*) FROM run") == 0
  }

  /// What the runs before a day read, for the guards against extracts that shrink or are old.
  public func baseline(before asOf: CalendarDate) throws(LedgerFault) -> LedgerBaseline {
    try file.read { db in try LedgerBaseline(db, before: asOf.dayNumber) }
  }

  /// Records a run, and adds what the ledger knows to its report.
  ///
  /// A run of the same as-of date is replaced. `commit` gets the report with `first_seen`,
  /// `runs_open` and the news filled in, and a function that makes the record lasting. If it throws
  /// before it calls that function, the ledger stays as it was.
  ///
  /// - Parameters:
  ///   - report: the run, its waivers applied.
  ///   - isBackfill: whether a run before the last one may be filled in.
  ///   - evidence: what the run shows of exceptions that it does not list.
  ///   - commit: puts the lists in place.
  /// - Throws: a `LedgerFault`, or what `commit` throws.
  public func record(
    _ report: RunReport, isBackfill: Bool, evidence: EvidenceSearch,
    commit: (_ report: RunReport, _ makeLasting: () throws -> Void) throws -> Void
  ) throws {
    do {
      try file.queue.inDatabase { db in
        var isOpen = true
        try db.beginTransaction(.immediate)
        defer { if isOpen { try? db.rollback() } }
        let told = try file.attempt {
          var recording = try RunRecording(db, report, isBackfill: isBackfill)
          return try recording.record(evidence: evidence)
        }
        try commit(told) {
          try file.attempt { try db.commit() }
          isOpen = false
        }
      }
    } catch let error as DatabaseError {
      throw LedgerFile.fault(error, path)
    }
  }
}
