import Exceptions
import GRDB

/// What the ledger knows of exceptions before a run is recorded.
extension RunRecorder {
  /// The last spells of all that are open.
  func openSpells() throws -> [Spell] {
    let areOpen = "s.until_day IS NULL AND s.\(SpellState.open)"
    var spells: [Spell] = []
    spells.reserveCapacity(
      try Int.fetchOne(db, sql: "SELECT count(*) FROM spell s WHERE \(areOpen)") ?? 0)
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Spell.columns) FROM spell s JOIN exception e ON e.id = s.exception
        WHERE \(areOpen)
        """)
    while let row = try rows.next() { spells.append(try Spell(row, names: names)) }
    return spells
  }

  /// The spell that ended an exception; nil where there never was one.
  func lastSpell(of key: ExceptionKey, rule: Int64, table: Int64) throws -> Spell? {
    let find = try db.cachedStatement(
      sql: """
        SELECT \(Spell.columns) FROM exception e JOIN spell s ON s.exception = e.id
        WHERE e.record = ? AND e.rule = ? AND e.table_name = ? AND e.occasion = ? AND e.ordinal = ?
        AND s.until_day IS NULL
        """)
    let arguments: StatementArguments = [key.record, rule, table, key.occasion, key.ordinal]
    return try Row.fetchOne(find, arguments: arguments).map { try Spell($0, names: names) }
  }
}
