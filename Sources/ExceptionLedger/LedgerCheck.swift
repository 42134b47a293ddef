import Diagnostics
import Foundation
import GRDB
public import WorkingTime

/// What a check of a ledger found.
public struct LedgerCheck: Sendable {
  /// How many runs it holds.
  public var runs: Int
  /// The first run's as-of date.
  public var first: CalendarDate?
  /// The last run's as-of date.
  public var last: CalendarDate?
  /// How many exceptions it has ever seen.
  public var exceptions: Int
  /// How many of them are open.
  public var open: Int
  /// Bytes of the file.
  public var size: Int
  /// What is wrong; empty where nothing is.
  public var faults: [String]

  /// Checks a ledger by SQLite's own means and against what its last run counted.
  ///
  /// SQLite's means are the pragmas integrity_check and foreign_key_check.
  public init(of path: String) throws(LedgerFault) {
    let file = try LedgerFile.forReading(path)
    let attributes = try? FileManager.default.attributesOfItem(atPath: path)
    let size = (attributes?[.size] as? NSNumber)?.intValue ?? 0
    self = try file.read { db in try LedgerCheck(db, size: size) }
  }

  private init(_ db: Database, size: Int) throws {
    self.size = size
    faults = try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
    let dangling = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check")
    if !dangling.isEmpty {
      faults.append(
        "\(amount(dangling.count, "row refers", "rows refer")) to rows that are not there")
    }
    var foreign = try LedgerValues.foreignSpells(db)
    do {
      // A ledger of an earlier version lacks some of the columns that are read.
      if try ledgerMigrator.hasCompletedMigrations(db) {
        _ = try LedgerBaseline(db, before: .max)
      }
    } catch is ForeignValue {
      foreign += 1
    } catch is RowDecodingError {
      foreign += 1
    }
    if foreign > 0 {
      faults.append("\(foreign) of its rows hold something that no version of casecheck writes")
    }
    runs = try Int.fetchOne(db, sql: "SELECT count(*) FROM run") ?? 0
    first = try Int32.fetchOne(db, sql: "SELECT min(day) FROM run")
      .map { CalendarDate(dayNumber: $0) }
    last = try Int32.fetchOne(db, sql: "SELECT max(day) FROM run")
      .map { CalendarDate(dayNumber: $0) }
    exceptions = try Int.fetchOne(db, sql: "SELECT count(*) FROM exception") ?? 0
    open =
      try Int.fetchOne(
        db, sql: "SELECT count(*) FROM spell WHERE until_day IS NULL AND \(SpellState.open)") ?? 0
    // The log of another copy, which SQLite plays into this one, may leave it well formed.
    let counted =
      try Int.fetchOne(
        db,
        sql: """
          SELECT listed + waived + unsettled FROM tally
          WHERE rule = 0 AND team = 0 AND day = (SELECT max(day) FROM run)
          """) ?? 0
    if counted != open {
      faults.append(
        "its last run counted \(counted) open exceptions, and \(open) are in it: two copies may have been mixed"
      )
    }
  }
}
