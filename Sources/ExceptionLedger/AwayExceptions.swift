import GRDB

/// Which exceptions were open on a day though no run listed them.
struct AwayExceptions {
  private let db: Database
  /// The answers so far: few exceptions are away on any day, and many are asked about.
  private var days: [Int32: Set<Int64>] = [:]

  init(db: Database) { self.db = db }

  /// Those that were open and not listed on a day.
  mutating func away(on day: Int32) throws -> Set<Int64> {
    if let known = days[day] { return known }
    let find = try db.cachedStatement(
      sql: """
        SELECT exception FROM spell WHERE \(SpellState.unsettled)
          AND from_day <= ?1 AND (until_day IS NULL OR until_day > ?1)
        """)
    let found = try Set(Int64.fetchAll(find, arguments: [day]))
    days[day] = found
    return found
  }

  /// Whether no run from a day up to another listed an exception that was away on the first.
  func remained(_ exception: Int64, from first: Int32, to last: Int32) throws -> Bool {
    let find = try db.cachedStatement(
      sql: """
        SELECT NOT EXISTS (
          SELECT 1 FROM spell WHERE exception = ?1 AND \(SpellState.seen)
            AND from_day < ?3 AND (until_day IS NULL OR until_day > ?2))
        """)
    return try Bool.fetchOne(find, arguments: [exception, first, last]) ?? false
  }
}
