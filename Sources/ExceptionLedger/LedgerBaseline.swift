internal import GRDB
public import WorkingTime

/// What the runs before read of each table.
public struct LedgerBaseline: Sendable {
  /// The as-of date of the run before; nil for the first.
  public var lastRun: CalendarDate?
  /// The rows of each table in the last run in which it was there and whole.
  public var rows: [String: Int]
  /// How many files with rows each table had then.
  public var files: [String: Int]
  /// The fields whose heading every file of a table had then.
  public var fields: [String: [String]]
  /// In how many rows each field of a table held something then, counted up to ten; none where that was not noted.
  public var filled: [String: [String: Int]]
  /// The rows of each file of a table in the last run that read the table whole.
  public var rowsOfFiles: [String: [String: Int]]
  /// The tables whose files ended in footers then.
  public var endedInFooters: Set<String>
  /// The tables that earlier runs had, and whose absence nobody has accepted since.
  public var present: Set<String>
  /// The last run of all, which may lie after the day asked about.
  public var latest: CalendarDate?
  /// The newest date that each table had, and the last run before the day that had one.
  public var newest: [String: (date: CalendarDate, run: CalendarDate)]
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
    rows = [:]
    files = [:]
    fields = [:]
    filled = [:]
    rowsOfFiles = [:]
    present = []
    endedInFooters = []
    newest = [:]
    extracts = [:]
    let dates = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, newest, max(day) FROM table_run WHERE day < ? AND newest IS NOT NULL GROUP BY name
        """, arguments: [day])
    while let row = try dates.next() {
      newest[row[0]] = (CalendarDate(dayNumber: row[1]), CalendarDate(dayNumber: row[2]))
    }
    let inputs = try Row.fetchCursor(
      db,
      sql: """
        SELECT table_name, sha256, max(day) FROM input WHERE day < ? AND sha256 <> ''
          AND name NOT LIKE '(earlier) %'
        GROUP BY table_name, sha256
        """, arguments: [day])
    while let row = try inputs.next() {
      extracts[ExtractBytes(table: row[0], sha256: row[1])] = CalendarDate(dayNumber: row[2])
    }
    // A run of the same day is about to be replaced: it is held against that as well.
    let tables = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, rows, files, fields, footers, filled, parts, max(day) FROM (
          SELECT name, day, rows, files, fields, footers, filled, parts FROM table_run
          WHERE present = 1 AND whole = 1 AND day <= ?1
          UNION ALL SELECT name, day, rows, files, fields, footers, filled, parts FROM replaced_table
          WHERE day <= ?1)
        GROUP BY name
        """, arguments: [day])
    while let row = try tables.next() {
      let name: String = row[0]
      let names: String = row[3]
      rows[name] = row[1]
      files[name] = row[2]
      fields[name] = names.split(separator: " ").map(String.init)
      if row[4] == true { endedInFooters.insert(name) }
      rowsOfFiles[name] = FileRows.rows(row[6])
      let counts: String = row[5]
      for part in counts.split(separator: " ") {
        let pair = part.split(separator: ":")
        if pair.count == 2, let count = Int(pair[1]) {
          filled[name, default: [:]][String(pair[0])] = count
        }
      }
    }
    // One that was missing in the last run without being accepted is kept as not whole there. SQLite takes the other columns
    // from the row that `max` finds (sqlite.org/lang_select.html, bare columns).
    let there = try Row.fetchCursor(
      db,
      sql: """
        SELECT name FROM (
          SELECT name, present, whole, max(day) FROM table_run WHERE day <= ?1 GROUP BY name)
        WHERE (present = 1 OR whole = 0) AND name IN (
          SELECT name FROM table_run WHERE present = 1 AND day <= ?1
          UNION SELECT name FROM replaced_table WHERE day <= ?1)
        """, arguments: [day])
    while let row = try there.next() { present.insert(row[0]) }
  }
}
