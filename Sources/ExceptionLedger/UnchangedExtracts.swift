import Exceptions
import GRDB
import WorkingTime

/// Since when runs have read the same extracts, one after the other.
enum UnchangedExtracts {
  /// The first of the runs up to `last` that have all read what that one did, in their bytes or in
  /// their records.
  ///
  /// Mostly the run before has read something else, and the search ends there.
  static func since(_ db: Database, upTo last: Int32) throws -> [Likeness: CalendarDate] {
    var since: [Likeness: CalendarDate] = [:]
    for likeness in [Likeness.bytes, .records] {
      let files = try digests(db, on: last, likeness)
      var first = last
      let days = try Int32.fetchCursor(
        db, sql: "SELECT day FROM run WHERE day < ? ORDER BY day DESC", arguments: [last])
      while let day = try days.next(), try digests(db, on: day, likeness) == files { first = day }
      since[likeness] = CalendarDate(dayNumber: first)
    }
    return since
  }

  /// What a run has read, each file as its table and its digest.
  private static func digests(
    _ db: Database, on day: Int32, _ likeness: Likeness
  ) throws -> Set<[String]> {
    // The sum of its records is not known of every file.
    let digest = likeness == .bytes ? "sha256" : "coalesce(nullif(record_sum, ''), sha256)"
    var digests: Set<[String]> = []
    let inputs = try Row.fetchCursor(
      db,
      sql: """
        SELECT table_name, \(digest) FROM input
        WHERE day = ? AND name NOT GLOB '\(EarlierName.prefix)*'
        """, arguments: [day])
    while let row = try inputs.next() {
      try digests.insert([row.value(0), row.value(1)])
    }
    return digests
  }
}
