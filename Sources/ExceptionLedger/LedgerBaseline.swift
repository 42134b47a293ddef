import GRDB
public import WorkingTime

/// What earlier runs read of each table.
public struct LedgerBaseline: Sendable {
  /// The as-of date of the run before; nil for the first.
  public var lastRun: CalendarDate?
  /// What each table held in the last run that had it whole.
  public var whole: [String: WholeTable]
  /// The tables that earlier runs had and whose absence nobody has accepted since.
  public var present: Set<String>
  /// Whether there is already a run of this day, which the next one replaces.
  public var hasRunOfDay: Bool
  /// The last run of all, which may lie after the day asked about.
  public var latest: CalendarDate?
  /// The newest date that each table had, and the last run before the day that had one.
  public var newest: [String: (date: CalendarDate, run: CalendarDate)]
  /// Whether an earlier run had waivers.
  public var hadWaivers: Bool
  /// The last run before the day that read a file of these bytes as the table.
  private var extracts: [ExtractBytes: CalendarDate]

  private struct ExtractBytes: Hashable {
    var table: String
    var sha256: String
  }

  /// The last run before the day that read a file with this SHA-256 as a table; nil for none.
  public func lastDay(ofTable table: String, sha256: String) -> CalendarDate? {
    extracts[ExtractBytes(table: table, sha256: sha256)]
  }

  init(_ db: Database, before day: Int32) throws {
    let last = try Int32.fetchOne(
      db, sql: "SELECT max(day) FROM run WHERE day < ?", arguments: [day])
    lastRun = last.map { CalendarDate(dayNumber: $0) }
    latest = try Int32.fetchOne(db, sql: "SELECT max(day) FROM run")
      .map { CalendarDate(dayNumber: $0) }
    hasRunOfDay =
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE day = ?)", arguments: [day]) ?? false
    hadWaivers =
      try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM waiver WHERE day < ?)", arguments: [day]) ?? false
    whole = try WholeTable.all(db, upTo: day)
    present = try Self.present(db, upTo: day)
    newest = try Self.newest(db, before: day)
    extracts = try Self.extracts(db, before: day)
  }

  /// A table that was missing in the last run without being accepted is kept there as not whole.
  private static func present(_ db: Database, upTo day: Int32) throws -> Set<String> {
    // SQLite takes the other columns from the row that `max` finds (sqlite.org/lang_select.html,
    // bare columns).
    try String.fetchSet(
      db,
      sql: """
        SELECT name FROM (
          SELECT name, present, whole, max(day) FROM table_run WHERE day <= ?1 GROUP BY name)
        WHERE (present = 1 OR whole = 0) AND name IN (
          SELECT name FROM table_run WHERE present = 1 AND day <= ?1
          UNION SELECT name FROM replaced_table WHERE day <= ?1)
        """, arguments: [day])
  }

  private static func newest(
    _ db: Database, before day: Int32
  ) throws -> [String: (date: CalendarDate, run: CalendarDate)] {
    var newest: [String: (date: CalendarDate, run: CalendarDate)] = [:]
    let dates = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, newest, max(day) FROM table_run WHERE day < ? AND newest IS NOT NULL GROUP BY name
        """, arguments: [day])
    while let row = try dates.next() {
      newest[try row.value(0)] = (
        CalendarDate(dayNumber: try row.day(1)), CalendarDate(dayNumber: try row.day(2))
      )
    }
    return newest
  }

  private static func extracts(
    _ db: Database, before day: Int32
  ) throws -> [ExtractBytes: CalendarDate] {
    var extracts: [ExtractBytes: CalendarDate] = [:]
    let inputs = try Row.fetchCursor(
      db,
      sql: """
        SELECT table_name, sha256, max(day) FROM input WHERE day < ? AND sha256 <> ''
          AND name NOT LIKE '(earlier) %'
        GROUP BY table_name, sha256
        """, arguments: [day])
    while let row = try inputs.next() {
      let file = ExtractBytes(table: try row.value(0), sha256: try row.value(1))
      extracts[file] = CalendarDate(dayNumber: try row.day(2))
    }
    return extracts
  }
}
