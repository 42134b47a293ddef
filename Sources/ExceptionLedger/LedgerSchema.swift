import GRDB

/// Tells a ledger that casecheck made from one that somebody put together.
///
/// A trigger, a view or a check in a file from elsewhere would run with the rights of whoever reads
/// it, and change what is recorded without a trace.
enum LedgerSchema {
  private struct Item: Hashable {
    var kind: String
    var name: String
    var table: String
    var sql: String
  }

  /// Whether the file holds the tables and indexes of its version and nothing else.
  static func isOurs(_ db: Database) throws -> Bool {
    let applied = try ledgerMigrator.appliedIdentifiers(db)
    let last = ledgerMigrator.migrations.last(where: applied.contains)
    let model = try DatabaseQueue()
    try ledgerMigrator.migrate(model, upTo: last ?? ledgerMigrator.migrations[0])
    let ours = try model.read(items)
    let found = try items(db)
    if last != nil { return found == ours }
    // A run that was interrupted while it created the ledger may have left only the table in which
    // GRDB notes the versions.
    return found.isSubset(of: ours.filter { $0.table == "grdb_migrations" })
  }

  /// The items of the schema, without the statistics that ANALYZE keeps, which are SQLite's own.
  private static func items(_ db: Database) throws -> Set<Item> {
    let rows = try Row.fetchAll(
      db, sql: "SELECT type, name, tbl_name, coalesce(sql, '') AS sql FROM sqlite_schema")
    return Set(
      rows.map { Item(kind: $0["type"], name: $0["name"], table: $0["tbl_name"], sql: $0["sql"]) }
        .filter { !$0.name.hasPrefix("sqlite_stat") })
  }
}
