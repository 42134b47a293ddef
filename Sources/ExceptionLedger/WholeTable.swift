public import Exceptions
import GRDB
public import WorkingTime

/// What a table held in the last run that read it whole.
public struct WholeTable: Sendable {
  /// The as-of date of that run.
  public var run: CalendarDate
  /// The newest date of what happened, as that run noted it; nil where it did not, or is replaced.
  public var newest: CalendarDate?
  /// Its rows.
  public var rows: Int
  /// How many of its files had rows.
  public var files: Int
  /// The rows of each file; empty where they were not recorded.
  public var rowsOfFiles: [FileRows]
  /// The names of the fields whose heading every file had.
  public var fields: [String]
  /// In how many rows each field held something, counted up to ten; nil where not recorded.
  public var filled: [String: Int]?
  /// Whether its files ended in footers.
  public var endedInFooters: Bool
  /// Whether the last of its files alone did.
  public var endedInLastFooter: Bool
  /// Whether their last lines ended.
  public var endedInLineBreaks: Bool

  /// What every table held in a run that had it whole, by name.
  static func all(_ db: Database, on day: Int32) throws -> [String: WholeTable] {
    try all(db, upTo: day, from: day)
  }

  /// What every table held, by name.
  ///
  /// A run of the day itself counts as well: the next one replaces it and is compared with it.
  static func all(_ db: Database, upTo day: Int32, from first: Int32 = .min) throws -> [String:
    WholeTable]
  {
    var tables: [String: WholeTable] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, rows, files, fields, footers, filled, parts, ended, newest, max(day) FROM (
          SELECT name, day, rows, files, fields, footers, filled, parts, ended, newest
          FROM table_run WHERE present = 1 AND whole = 1 AND day BETWEEN ?2 AND ?1
          UNION ALL SELECT name, day, rows, files, fields, footers, filled, parts, ended, NULL
          FROM replaced_table
          WHERE day BETWEEN ?2 AND ?1)
        GROUP BY name
        """, arguments: [day, first])
    while let row = try rows.next() {
      let fields: String = try row.value(3)
      let footers = try row.count(4)
      tables[try row.value(0)] = WholeTable(
        run: CalendarDate(dayNumber: try row.day(9)),
        newest: try row.dayIfAny(8).map { CalendarDate(dayNumber: $0) },
        rows: try row.count(1), files: try row.count(2),
        rowsOfFiles: try FileRows.all(row.value(6)),
        fields: fields.split(separator: " ").map(String.init), filled: try counts(row.value(5)),
        endedInFooters: footers == everyFooter, endedInLastFooter: footers == lastFooter,
        endedInLineBreaks: try row.value(7))
    }
    return tables
  }

  /// The footers of a table as a run writes them: none, one in every file, or in the last alone.
  static func footers(of table: TableReport) -> Int {
    table.hasFooters ? everyFooter : table.lastHasFooter ? lastFooter : 0
  }

  private static let everyFooter = 1
  private static let lastFooter = 2

  /// The counts of `field:count field:count`, as a run writes them.
  private static func counts(_ text: String) throws -> [String: Int]? {
    var counts: [String: Int] = [:]
    for part in text.split(separator: " ") {
      let pair = part.split(separator: ":")
      guard pair.count == 2, let count = Int(pair[1]), LedgerValues.counts.contains(count) else {
        throw ForeignValue()
      }
      counts[String(pair[0])] = count
    }
    return counts.isEmpty ? nil : counts
  }
}
