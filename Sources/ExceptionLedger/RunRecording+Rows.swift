import Exceptions
import GRDB
import WorkingTime

/// What the ledger keeps of a run besides its exceptions, and how a run is removed again.
extension RunRecording {
  /// Removes this run, and what later runs have made of exceptions, from the ledger.
  func unwind() throws {
    try db.execute(
      sql: """
        UPDATE exception SET person = (
          SELECT before FROM renamed r WHERE r.exception = exception.id AND r.day >= ?1 ORDER BY r.day LIMIT 1)
        WHERE id IN (SELECT exception FROM renamed WHERE day >= ?1)
        """, arguments: [day])
    try db.execute(sql: "DELETE FROM renamed WHERE day >= ?", arguments: [day])
    // One whose duty had another number before has been known for longer than it has had spells.
    try db.execute(
      sql: """
        DELETE FROM exception WHERE occasion > 0 AND first_day < ?1
          AND id IN (SELECT exception FROM spell WHERE from_day >= ?1)
          AND NOT EXISTS (SELECT 1 FROM spell s WHERE s.exception = exception.id AND s.from_day < ?1)
        """, arguments: [day])
    try db.execute(sql: "DELETE FROM spell WHERE from_day >= ?", arguments: [day])
    try db.execute(
      sql: "UPDATE spell SET until_day = NULL WHERE until_day >= ?", arguments: [day])
    try db.execute(sql: "DELETE FROM exception WHERE first_day >= ?", arguments: [day])
    try db.execute(sql: "DELETE FROM run WHERE day = ?", arguments: [day])
    for table in ["tally", "mended", "standing"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE day > ?", arguments: [day])
    }
  }

  mutating func writeRun() throws {
    try db.execute(
      sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        day, report.version, report.rulesDigest, packsInWords, parametersInWords,
        !report.isUntrusted, report.exceptions.count, report.waivers?.waived ?? 0,
      ])
    for input in report.inputs {
      try db.execute(
        sql: "INSERT OR REPLACE INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          day, input.path, input.table, input.size, input.sha256, input.rowsRead,
          input.rowsChecked, input.rowsRejected, input.recordSum,
        ])
    }
    for table in report.tables + report.earlierTables {
      try db.execute(
        sql: "INSERT INTO table_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          day, table.name, table.rows - table.repeatedRows, table.isPresent, table.isWhole,
          table.files,
          table.fields.joined(separator: " "), table.newest?.dayNumber,
          WholeTable.footers(of: table),
          table.filled.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
            .joined(separator: " "),
          try FileRows.text(of: table.rowsOfFiles), table.endsInLineBreaks,
          report.tablesWithAcceptedLosses.contains(table.name),
        ])
    }
    let settling = Settlement(report).settlingRules
    let statement = try db.cachedStatement(
      sql: "INSERT OR IGNORE INTO rule_run VALUES (?, ?, ?)")
    for rule in report.rules where settling.contains(rule.name) {
      try statement.execute(arguments: [
        day, try names.number(rule.name, db), rule.looksBackTo?.dayNumber,
      ])
    }
    try writeMeasures()
    for (number, waiver) in (report.waivers?.all ?? []).enumerated() {
      try db.execute(
        sql: "INSERT INTO waiver VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          day, number, waiver.rule, waiver.table, waiver.record, waiver.occasion, waiver.reason,
          waiver.agreedBy, waiver.agreedOn.dayNumber, waiver.until.dayNumber,
        ])
    }
  }

  private mutating func writeMeasures() throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO measure VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for measure in report.measures where measure.counts != VerdictCounts() {
      let team: Int64 =
        switch measure.scope {
        case .all: Names.all
        case .team(let team): try names.number(team.shown, db)
        }
      let counts = measure.counts
      try statement.execute(arguments: [
        day, try names.number(measure.rule, db), team, counts.met, counts.failed, counts.late,
        counts.overdue, counts.dueSoon, counts.pending, counts.cannotJudge,
      ])
    }
  }

  /// The tables that the run of the same day read whole, and that this run, which replaces it, did
  /// not.
  func wholeInReplaced() throws -> [Row] {
    let broken = Set(
      (report.tables + report.earlierTables).filter { !$0.isPresent || !$0.isWhole }.map(\.name))
    return try Row.fetchAll(
      db,
      sql: """
        SELECT name, rows, files, fields, footers, filled, parts, ended FROM table_run
        WHERE day = ?1 AND present = 1 AND whole = 1
        UNION SELECT name, rows, files, fields, footers, filled, parts, ended FROM replaced_table
        WHERE day = ?1
        """, arguments: [day]
    ).filter { broken.contains(try $0.value(0)) }
  }

  func write(_ whole: [Row]) throws {
    for row in whole {
      try db.execute(
        sql: "INSERT INTO replaced_table VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [day, row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7]])
    }
  }

  /// Keeps how the run settled exceptions that it does not list.
  func write(_ spells: [Spell], _ states: [Settled]) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT INTO settled VALUES (?, ?, ?, ?, ?, ?, ?)")
    for (spell, state) in zip(spells, states) {
      guard let rule = names.known(spell.key.rule), let table = names.known(spell.key.table) else {
        continue
      }
      try statement.execute(arguments: [
        day, spell.key.record, rule, table, spell.key.occasion, spell.key.ordinal,
        state.state.rawValue,
      ])
    }
  }

  var packsInWords: String { report.packs.joined(separator: " ") }

  var parametersInWords: String {
    report.parameters.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "\n")
  }
}
