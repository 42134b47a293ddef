import Exceptions
import GRDB

/// Gives the groups of limits keys of their own in a ledger from before they had any.
enum GroupKeys {
  /// Renames the groups of the rules that a run evaluates, once.
  ///
  /// The ledger alone does not know which rules are limits.
  static func mark(in db: Database, by rules: [RuleReport], _ names: Names) throws {
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM perhaps_group)") ?? false else {
      return
    }
    for rule in rules {
      guard let number = names.known(rule.name) else { continue }
      if rule.kind == "limit" {
        try db.execute(
          sql: """
            UPDATE OR IGNORE settled SET ordinal = -1
            WHERE rule = ?1 AND occasion = 0 AND ordinal = 0 AND (record, table_name) IN (
              SELECT e.record, e.table_name FROM exception e JOIN perhaps_group p ON p.exception = e.id
              WHERE e.rule = ?1);
            """, arguments: [number])
        try db.execute(
          sql: """
            UPDATE OR IGNORE exception SET ordinal = -1
            WHERE rule = ? AND id IN (SELECT exception FROM perhaps_group)
            """, arguments: [number])
      }
      try db.execute(
        sql: """
          DELETE FROM perhaps_group WHERE exception IN (SELECT id FROM exception WHERE rule = ?)
          """, arguments: [number])
    }
  }
}
