import Exceptions
import GRDB
import WorkingTime

/// What one of the last runs has read.
struct RecentRun: Sendable {
  /// That many runs are looked at: nights in which nothing new came are among them.
  private static let count = 14

  let day: CalendarDate
  private var files: [String: [ExtractDigests]] = [:]
  /// The tables that it had whole, with a file among theirs that no run before it had read.
  private var newTables: Set<String> = []

  /// Whether it read the same file as a table.
  func has(_ file: ExtractDigests, asTable table: String) -> Bool {
    files[table]?.contains { $0.isSame(as: file) } ?? false
  }

  /// Whether another table held in it what no run before it had read.
  func hasNews(besides table: String) -> Bool { newTables.contains { $0 != table } }

  /// The last runs before a day, the latest first; `firstRun` is the first of all that read a file as
  /// the table of that name.
  static func all(
    _ db: Database, before day: Int32,
    firstRun: (_ table: String, _ file: ExtractDigests) -> CalendarDate?
  ) throws -> [RecentRun] {
    let days = try Int32.fetchAll(
      db, sql: "SELECT day FROM run WHERE day < ? ORDER BY day DESC LIMIT \(count)",
      arguments: [day])
    return try days.map { try RecentRun(db, on: $0, firstRun) }
  }

  private init(
    _ db: Database, on day: Int32,
    _ firstRun: (_ table: String, _ file: ExtractDigests) -> CalendarDate?
  ) throws {
    self.day = CalendarDate(dayNumber: day)
    let inputs = try Row.fetchCursor(
      db,
      sql: """
        SELECT i.table_name, i.sha256, i.record_sum,
          i.checked > 0 AND coalesce(t.present = 1 AND t.whole = 1, 0)
        FROM input i LEFT JOIN table_run t ON t.day = i.day AND t.name = i.table_name
        WHERE i.day = ? AND i.name NOT GLOB '\(EarlierName.prefix)*'
        """, arguments: [day])
    while let row = try inputs.next() {
      let table: String = try row.value(0)
      let file = ExtractDigests(sha256: try row.value(1), recordSum: try row.value(2))
      let mayBeNew: Bool = try row.value(3)
      files[table, default: []].append(file)
      if mayBeNew, firstRun(table, file) == self.day { newTables.insert(table) }
    }
  }
}
