public import Exceptions
import GRDB
public import WorkingTime

/// What earlier runs read of each table.
public struct LedgerBaseline: Sendable {
  /// The day that is asked about.
  public var asOf: CalendarDate
  /// The as-of date of the run before; nil for the first.
  public var lastRun: CalendarDate?
  /// What each table held in the last run that had it whole.
  public var whole: [String: WholeTable]
  /// The same without the runs of this day: what the first of them was compared with.
  public var wholeBefore: [String: WholeTable]
  /// The rows that each table had in the runs of the last 30 days that had it whole, in their order.
  public var rowsLately: [String: [Int]]
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
  /// The tables of which the last run had no fewer rows, and no older newest date, than the last run
  /// that had them whole.
  public var undiminished: Set<String>
  /// The files of each table in the last run before the day that had it whole, with all rows that
  /// were checked.
  public var filesWhenWhole: [String: [FileRows]]
  /// The first of the runs in a row, up to the last one before the day, that read the same extracts,
  /// by in what they are the same; empty where there is no run.
  public var unchangedSince: [Likeness: CalendarDate]
  /// The runs before the day that read a file with this digest as the table.
  private var extracts: [ExtractDigest: ExtractRuns]
  /// The last run before the day that had each table whole.
  private var wholeRuns: [String: CalendarDate]
  /// The run before that one which had each table whole, unless that one lost what was accepted.
  private var formerWholeRuns: [String: CalendarDate]
  /// The last runs before the day, the latest first.
  private var lately: [RecentRun] = []
  /// The runs after the day that read a file with this digest as the table.
  private var later: [ExtractDigest: Set<CalendarDate>] = [:]
  /// What the run of the day itself read of the tables that it had whole.
  private var ofDay: Set<ExtractDigest> = []

  /// The runs that read a file as a table.
  private struct ExtractRuns {
    /// The first of them.
    var first: CalendarDate
    /// The last of them.
    var last: CalendarDate
    /// The last of them that had the table whole.
    var lastWhole: CalendarDate?
  }

  private struct ExtractDigest: Hashable {
    var table: String
    var likeness: Likeness
    var digest: String
  }

  /// An earlier run that read the same file, and in what it is the same.
  public typealias KnownExtract = (run: CalendarDate, likeness: Likeness)

  /// The last run before the day that read the same file as a table; nil for none.
  ///
  /// The same records under another title may have come after the same bytes.
  public func lastRun(ofTable table: String, with file: ExtractDigests) -> KnownExtract? {
    last(table, file, \.last)
  }

  /// Whether a run before the day that had the table whole read the same file as it.
  public func hasWholeRun(ofTable table: String, with file: ExtractDigests) -> Bool {
    last(table, file, \.lastWhole) != nil
  }

  /// The first run of all that read the same file as a table; nil for none before the day.
  public func firstRun(ofTable table: String, with file: ExtractDigests) -> CalendarDate? {
    Self.firstRun(of: file, asTable: table, in: extracts)
  }

  private static func firstRun(
    of file: ExtractDigests, asTable table: String, in extracts: [ExtractDigest: ExtractRuns]
  ) -> CalendarDate? {
    file.known.compactMap { known in
      let key = ExtractDigest(table: table, likeness: known.likeness, digest: known.digest)
      return extracts[key]?.first
    }.min()
  }

  /// A run before the last one that had a table whole, if it read the same file and the last one
  /// did not.
  ///
  /// A run that had the table only in part is no measure: it may have had the wrong file as well.
  public func olderRun(
    ofTable table: String, with file: ExtractDigests
  ) -> (known: KnownExtract, last: CalendarDate)? {
    guard let last = wholeRuns[table], let known = self.last(table, file, \.lastWhole),
      known.run < last
    else { return nil }
    return (known, last)
  }

  /// The run before the last one that had a table whole, of those that had it whole.
  ///
  /// Nil where there is none, or where somebody accepted in the last one what the table had lost.
  public func wholeRunBeforeLast(ofTable table: String) -> CalendarDate? { formerWholeRuns[table] }

  /// The first of the runs in a row, up to the last one, that read the same file as a table, so many
  /// of them with another table that held what no run before had read; nil where there are fewer.
  ///
  /// Only the runs of the last weeks are looked at.
  public func kept(
    _ file: ExtractDigests, asTable table: String, besidesNewInRuns count: Int
  ) -> CalendarDate? {
    var left = count
    for run in lately {
      guard run.has(file, asTable: table) else { return nil }
      if run.hasNews(besides: table) { left -= 1 }
      if left == 0 { return run.day }
    }
    return nil
  }

  /// The runs after the day that read the same file as a table.
  ///
  /// There are some only where a run is filled in.
  public func laterRuns(ofTable table: String, with file: ExtractDigests) -> Set<CalendarDate> {
    file.known.reduce(into: []) { runs, known in
      let key = ExtractDigest(table: table, likeness: known.likeness, digest: known.digest)
      runs.formUnion(later[key] ?? [])
    }
  }

  /// In what a file is the same as that which a run after the day read as a table; nil where it is not.
  public func likeness(
    of file: ExtractDigests, ofTable table: String, toRun run: CalendarDate
  ) -> Likeness? {
    file.known.first { known in
      let key = ExtractDigest(table: table, likeness: known.likeness, digest: known.digest)
      return later[key]?.contains(run) == true
    }?.likeness
  }

  /// Whether the run of the day itself, which the next one replaces, read the same file as a table
  /// that it had whole.
  public func isOfDay(_ file: ExtractDigests, ofTable table: String) -> Bool {
    file.known.contains {
      ofDay.contains(ExtractDigest(table: table, likeness: $0.likeness, digest: $0.digest))
    }
  }

  private func last(
    _ table: String, _ file: ExtractDigests, _ run: (ExtractRuns) -> CalendarDate?
  ) -> KnownExtract? {
    var last: KnownExtract?
    for (likeness, digest) in file.known {
      let key = ExtractDigest(table: table, likeness: likeness, digest: digest)
      guard let run = extracts[key].flatMap(run) else { continue }
      if last.map({ $0.run < run }) ?? true { last = (run, likeness) }
    }
    return last
  }

  init(_ db: Database, before day: Int32) throws {
    asOf = CalendarDate(dayNumber: day)
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
    wholeBefore = hasRunOfDay ? try WholeTable.all(db, upTo: day - 1) : [:]
    rowsLately = try Self.rowsLately(db, before: day)
    present = try Self.present(db, upTo: day)
    newest = try Self.newest(db, before: day)
    extracts = try Self.extracts(db, before: day)
    let wholeRuns = try Self.wholeRuns(db, before: day)
    self.wholeRuns = wholeRuns
    formerWholeRuns = try Self.formerWholeRuns(db, before: day)
    filesWhenWhole = try Self.files(db, of: wholeRuns)
    undiminished = try last.map { try Self.undiminished(db, on: $0) } ?? []
    unchangedSince = try last.map { try UnchangedExtracts.since(db, upTo: $0) } ?? [:]
    let read = extracts
    lately = try RecentRun.all(db, before: day) { table, file in
      Self.firstRun(of: file, asTable: table, in: read)
    }
    if let latest, day < latest.dayNumber { try findLater(db, from: day) }
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

  private static func rowsLately(
    _ db: Database, before day: Int32
  ) throws -> [String: [Int]] {
    var found: [String: [Int]] = [:]
    // The earliest versions, which did not note what columns held, counted some records twice.
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, rows FROM table_run
        WHERE day >= ?1 AND day < ?2 AND present = 1 AND whole = 1 AND filled <> '' ORDER BY day
        """, arguments: [day - 30, day])
    while let row = try rows.next() {
      found[try row.value(0), default: []].append(try row.count(1))
    }
    return found
  }

  /// SQLite takes the other columns from the row that `max` finds, as in `present`.
  private static func undiminished(_ db: Database, on last: Int32) throws -> Set<String> {
    try String.fetchSet(
      db,
      sql: """
        SELECT l.name FROM table_run l JOIN (
          SELECT name, rows, newest, max(day) FROM table_run
          WHERE day <= ?1 AND present = 1 AND whole = 1 GROUP BY name) w ON w.name = l.name
        WHERE l.day = ?1 AND l.present = 1 AND l.rows >= w.rows
          AND (w.newest IS NULL OR l.newest >= w.newest)
        """, arguments: [last])
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
  ) throws -> [ExtractDigest: ExtractRuns] {
    var extracts: [ExtractDigest: ExtractRuns] = [:]
    for (likeness, column) in [(Likeness.bytes, "sha256"), (.records, "record_sum")] {
      let inputs = try Row.fetchCursor(
        db,
        sql: """
          SELECT i.table_name, i.\(column), max(i.day),
            max(CASE WHEN t.present = 1 AND t.whole = 1 THEN i.day END), min(i.day)
          FROM input i LEFT JOIN table_run t ON t.day = i.day AND t.name = i.table_name
          WHERE i.day < ? AND i.\(column) <> '' AND i.name NOT GLOB '\(EarlierName.prefix)*'
          GROUP BY i.table_name, i.\(column)
          """, arguments: [day])
      while let row = try inputs.next() {
        let file = ExtractDigest(
          table: try row.value(0), likeness: likeness, digest: try row.value(1))
        extracts[file] = ExtractRuns(
          first: CalendarDate(dayNumber: try row.day(4)),
          last: CalendarDate(dayNumber: try row.day(2)),
          lastWhole: try row.dayIfAny(3).map { CalendarDate(dayNumber: $0) })
      }
    }
    return extracts
  }

  /// Finds what the run of the day and those after it have read.
  private mutating func findLater(_ db: Database, from day: Int32) throws {
    let inputs = try Row.fetchCursor(
      db,
      sql: """
        SELECT i.table_name, i.sha256, i.record_sum, i.day,
          coalesce(t.present = 1 AND t.whole = 1, 0)
        FROM input i LEFT JOIN table_run t ON t.day = i.day AND t.name = i.table_name
        WHERE i.day >= ? AND i.name NOT GLOB '\(EarlierName.prefix)*'
        """, arguments: [day])
    while let row = try inputs.next() {
      let file = ExtractDigests(sha256: try row.value(1), recordSum: try row.value(2))
      let (run, isWhole): (Int32, Bool) = (try row.day(3), try row.value(4))
      for (likeness, digest) in file.known {
        let key = ExtractDigest(table: try row.value(0), likeness: likeness, digest: digest)
        if run > day {
          later[key, default: []].insert(CalendarDate(dayNumber: run))
        } else if isWhole {
          ofDay.insert(key)
        }
      }
    }
  }

  private static func wholeRuns(
    _ db: Database, before day: Int32
  ) throws -> [String: CalendarDate] {
    var runs: [String: CalendarDate] = [:]
    let days = try Row.fetchCursor(
      db,
      sql: """
        SELECT name, max(day) FROM table_run WHERE day < ? AND present = 1 AND whole = 1 GROUP BY name
        """, arguments: [day])
    while let row = try days.next() {
      runs[try row.value(0)] = CalendarDate(dayNumber: try row.day(1))
    }
    return runs
  }

  /// By table, the last run but one of those that had it whole, without the tables whose loss in the
  /// last one was accepted.
  ///
  /// SQLite takes the other columns from the row that `max` finds, as in `present`.
  private static func formerWholeRuns(
    _ db: Database, before day: Int32
  ) throws -> [String: CalendarDate] {
    var runs: [String: CalendarDate] = [:]
    let days = try Row.fetchCursor(
      db,
      sql: """
        SELECT t.name, max(t.day) FROM table_run t JOIN (
          SELECT name, accepted, max(day) AS last FROM table_run
          WHERE day < ? AND present = 1 AND whole = 1 GROUP BY name) w ON w.name = t.name
        WHERE t.day < w.last AND w.accepted = 0 AND t.present = 1 AND t.whole = 1 GROUP BY t.name
        """, arguments: [day])
    while let row = try days.next() {
      runs[try row.value(0)] = CalendarDate(dayNumber: try row.day(1))
    }
    return runs
  }

  /// The files of each table in a run of its own.
  private static func files(
    _ db: Database, of runs: [String: CalendarDate]
  ) throws -> [String: [FileRows]] {
    var files: [String: [FileRows]] = [:]
    // Mostly it is one run for all of them.
    for day in Set(runs.values.map(\.dayNumber)) {
      let inputs = try Row.fetchCursor(
        db,
        sql: """
          SELECT table_name, name, checked FROM input
          WHERE day = ? AND name NOT GLOB '\(EarlierName.prefix)*'
          """, arguments: [day])
      while let row = try inputs.next() {
        let table: String = try row.value(0)
        guard runs[table]?.dayNumber == day else { continue }
        let file = FileRows(path: try row.value(1), rows: try row.count(2))
        files[table, default: []].append(file)
      }
    }
    return files
  }
}
