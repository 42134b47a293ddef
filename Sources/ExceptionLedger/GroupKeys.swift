import Exceptions
import GRDB

/// Gives the groups of limits keys of their own in a ledger from before they had any.
struct GroupKeys {
  let db: Database
  let names: Names

  /// Renames the groups of the rules that a run evaluates, once.
  ///
  /// A limit fails for its groups alone. One that could not be judged is a group if the run lists a
  /// group of its name, and no record.
  func mark(by rules: [RuleReport], listed: @autoclosure () -> [ExceptionKey]) throws {
    guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM perhaps_group)") ?? false else {
      return
    }
    let limits = Set(rules.filter { $0.kind == .limit }.map(\.name))
    let keys = listed().filter { limits.contains($0.rule) }
    let records = Set(keys.filter { $0.group == nil })
    let groups = keys.filter { $0.group != nil }
    for rule in rules {
      guard let number = names.known(rule.name) else { continue }
      if limits.contains(rule.name) {
        let failed = try Row.fetchAll(
          db,
          sql: """
            SELECT e.id, e.record, e.ordinal FROM exception e JOIN perhaps_group p ON p.exception = e.id
            WHERE e.rule = ? AND EXISTS (
              SELECT 1 FROM spell WHERE exception = e.id AND status = \(CaseException.Status.failed.ledgerNumber))
            """, arguments: [number])
        for row in failed {
          try move(try row.value(0), number, try row.value(1), ordinal: try row.value(2))
        }
        for group in groups where areSameBytes(group.rule, rule.name) {
          var record = group
          record.ordinal = 0
          guard !records.contains(record) else { continue }
          let known = try Row.fetchOne(
            db,
            sql: """
              SELECT e.id FROM exception e JOIN perhaps_group p ON p.exception = e.id
              WHERE e.rule = ? AND e.record = ? AND e.ordinal = 0
              """, arguments: [number, group.record])
          if let known { try move(try known.value(0), number, group.record, ordinal: 0) }
        }
      }
      try db.execute(
        sql: """
          DELETE FROM perhaps_group WHERE exception IN (SELECT id FROM exception WHERE rule = ?)
          """, arguments: [number])
    }
  }

  private func move(_ exception: Int64, _ rule: Int64, _ record: String, ordinal: Int) throws {
    try db.execute(
      sql: """
        UPDATE OR IGNORE settled SET ordinal = -1
        WHERE rule = ? AND record = ? AND occasion = 0 AND ordinal = ?
        """, arguments: [rule, record, ordinal])
    try db.execute(
      sql: "UPDATE OR IGNORE exception SET ordinal = -1 WHERE id = ?", arguments: [exception])
  }
}
