internal import Exceptions
internal import GRDB
internal import WorkingTime

/// Writes one run into the ledger, in its place among the others, within a transaction.
struct RunRecording {
  private let db: Database
  private let report: RunReport
  private let day: Int32
  /// The runs after this one: none but for a backfill.
  private let laterDays: [Int32]
  private let earlierDays: [Int32]
  private var names: Names

  init(_ db: Database, _ report: RunReport, isBackfill: Bool) throws {
    self.db = db
    self.report = report
    day = report.asOf.dayNumber
    let days = try Int32.fetchAll(db, sql: "SELECT day FROM run ORDER BY day")
    let own = report.asOf.dayNumber
    if let last = days.last, own < last, !isBackfill {
      throw LedgerFault.earlier(asOf: report.asOf, last: CalendarDate(dayNumber: last))
    }
    earlierDays = days.filter { $0 < own }
    laterDays = days.filter { $0 > own }
    names = try Names(db)
  }

  /// Records the run and returns its report with what the ledger knows of it.
  mutating func record(evidence: EvidenceSearch) throws -> RunReport {
    let teamsOfRun = try teamsKnown()
    let replay = laterDays.isEmpty ? nil : try Replay(db, after: day)
    let keys = exceptionKeys(of: report.exceptions)
    var settlement = Settlement(report)
    let (kept, withdrawn) = try openedByReplaced(unless: keys, settlement, evidence: evidence)
    let whole = try wholeInReplaced()
    try unwind()
    try writeRun()
    try write(whole)
    var told = report
    var seen: [(key: ExceptionKey, person: String, sighting: Sighting)] = []
    seen.reserveCapacity(keys.count)
    for (exception, key) in zip(report.exceptions, keys) {
      seen.append((key, exception.personID, try sighting(exception)))
    }
    var recorder = try RunRecorder(db, day: day, earlierDays: earlierDays, names: names)
    let histories = try recorder.record(seen, keeping: kept) { spells, histories in
      var resumed: [Int64: Int32]?
      try settlement.learn(of: report.exceptions) { number in
        let history = histories[number]
        let days = try resumed ?? daysOfResuming()
        resumed = days
        return max(history.openedDay, days[history.exception] ?? .min)
      }
      let states = try settlement.states(of: spells, evidence: evidence) { try lastSeen($0) }
      try write(spells, states)
      return states
    }
    names = recorder.names
    told.teams = teamsOfRun
    let teams = try teamsOfRun.map { try names.number($0.shown, db) }
    try recorder.tallies.write(day: day, teams: teams, db)

    for (index, history) in histories.enumerated() {
      told.exceptions[index].firstSeenDay = CalendarDate(dayNumber: history.firstDay)
      told.exceptions[index].runsOpen = history.runsOpen
      told.exceptions[index].change = history.change
    }
    told.news = try news(of: recorder, teams: teams)
    let rulesBefore = try lastRunWithOtherRules()
    told.news?.hasOtherRules = rulesBefore != nil
    // What is open and not judged has not lost its waiver.
    told.waivers?.unmatched.removeAll { waiver in
      recorder.unsettled.contains { spell in
        waiver.covers(
          rule: spell.key.rule, table: spell.key.table, record: spell.key.record,
          occasion: spell.key.occasion > 0 ? spell.key.occasion : nil)
      }
    }
    told.remarks += remarks(
      recorder, withdrawn, rulesBefore)
    if let replay { try replay.run(laterDays, behind: earlierDays + [day], names: &names) }
    return told
  }

  /// The teams of the run; where not every input could be trusted also those of the run before, which may be
  /// silent only because their rows were not read.
  private func teamsKnown() throws -> [TeamName] {
    guard report.isUntrusted, let last = earlierDays.last else { return report.teams }
    let before = try Int64.fetchAll(
      db, sql: "SELECT team FROM standing WHERE day = ?", arguments: [last])
    return Set(report.teams).union(before.map { TeamName(shown: names[$0]) }).sorted {
      $0.shown.utf8.lexicographicallyPrecedes($1.shown.utf8)
    }
  }

  /// What a run of the same day opened, which this one replaces, does not list, and cannot show to be put right; and the
  /// rules that were taken out among those of what it opened.
  private func openedByReplaced(
    unless listed: [ExceptionKey], _ settlement: Settlement, evidence: EvidenceSearch
  ) throws -> (kept: [RunRecorder.Seen], withdrawn: Set<String>) {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Spell.columns) FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.from_day = ?1 AND s.opened_day = ?1 AND s.state < 10
        ORDER BY e.record, e.rule, e.table_name, e.occasion, e.ordinal
        """, arguments: [day])
    var known: Set<ExceptionKey>?
    var spells: [Spell] = []
    while let row = try rows.next() {
      let spell = Spell(row, names: names)
      if known == nil { known = Set(listed) }
      if known?.contains(spell.key) == false { spells.append(spell) }
    }
    guard !spells.isEmpty else { return ([], []) }
    // What the run that is replaced could not read either did not show what it opened.
    var settlement = settlement
    try settlement.learn(of: report.exceptions) { try listedDay(of: listed[$0]) }
    // What it had not listed itself rests on records that it could not read.
    let states = settlement.states(of: spells, evidence: evidence) {
      $0.sighting.state.isUnsettled ? day : .max
    }
    var kept: [RunRecorder.Seen] = []
    var withdrawn: Set<String> = []
    for (spell, state) in zip(spells, states) {
      if state.state == .withdrawn { withdrawn.insert(spell.key.rule) }
      guard state.state.isOpen else { continue }
      var sighting = spell.sighting
      sighting.state = state.state
      kept.append((spell.key, spell.person, sighting))
    }
    return (kept, withdrawn)
  }

  /// The last day on which each exception that was open without being listed was listed again, or ended.
  private func daysOfResuming() throws -> [Int64: Int32] {
    var days: [Int64: Int32] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT exception, max(until_day) FROM spell
        WHERE state BETWEEN 3 AND 9 AND until_day IS NOT NULL GROUP BY exception
        """)
    while let row = try rows.next() { days[row[0]] = row[1] }
    return days
  }

  /// Since when an exception has been listed by every run; nil where the last did not.
  private func listedDay(of key: ExceptionKey) throws -> Int32? {
    guard let rule = names.known(key.rule), let table = names.known(key.table) else { return nil }
    return try Int32.fetchOne(
      db,
      sql: """
        SELECT coalesce(
          (SELECT max(u.until_day) FROM spell u
            WHERE u.exception = e.id AND u.opened_day = s.opened_day AND u.state >= 3),
          s.opened_day)
        FROM exception e JOIN spell s ON s.exception = e.id
        WHERE e.record = ? AND e.rule = ? AND e.table_name = ? AND e.occasion = ? AND e.ordinal = ?
          AND s.until_day IS NULL AND s.state < 3
        """, arguments: [key.record, rule, table, key.occasion, key.ordinal])
  }

  /// The day of the first run that did not list an exception any more: this one, or for one that has been open without
  /// being listed the one after it was listed last.
  private func lastSeen(_ spell: Spell) throws -> Int32 {
    guard spell.sighting.state.isUnsettled else { return day }
    return try Int32.fetchOne(
      db,
      sql: """
        SELECT max(until_day) FROM spell
        WHERE exception = ?1 AND opened_day = ?2 AND state < 3 AND until_day IS NOT NULL
        """, arguments: [spell.exception, spell.openedDay]) ?? spell.openedDay
  }

  /// The tables that a run of the same day read whole, which this one replaces and has not whole itself.
  private func wholeInReplaced() throws -> [Row] {
    let broken = Set(
      (report.tables + report.earlierTables).filter { !$0.isPresent || !$0.isWhole }.map(\.name))
    return try Row.fetchAll(
      db,
      sql: """
        SELECT name, rows, files, fields, footers, filled FROM table_run
        WHERE day = ?1 AND present = 1 AND whole = 1
        UNION SELECT name, rows, files, fields, footers, filled FROM replaced_table WHERE day = ?1
        """, arguments: [day]
    ).filter { broken.contains($0[0]) }
  }

  private func write(_ whole: [Row]) throws {
    for row in whole {
      try db.execute(
        sql: "INSERT INTO replaced_table VALUES (?, ?, ?, ?, ?, ?, ?)",
        arguments: [day, row[0], row[1], row[2], row[3], row[4], row[5]])
    }
  }

  /// Keeps what was made of exceptions that the run does not list.
  private func write(_ spells: [Spell], _ states: [Settled]) throws {
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

  private mutating func sighting(_ exception: CaseException) throws -> Sighting {
    Sighting(
      state: exception.list == .waived ? .waived : .listed,
      team: try names.number(exception.team.shown, db),
      worker: try names.number(exception.worker, db), status: exception.status.ledgerNumber,
      list: exception.list.ledgerNumber,
      due: CalendarDate(iso: String(exception.dueOn.prefix(10)))?.dayNumber,
      done: CalendarDate(iso: String(exception.doneOn.prefix(10)))?.dayNumber,
      decided: decided(exception),
      digest: Int64(bitPattern: exception.digestNumber))
  }

  /// The day on which something late was decided: when it was done, or when the duty ended without it.
  private func decided(_ exception: CaseException) -> Int32? {
    guard exception.status == .late else { return nil }
    if let done = CalendarDate(iso: String(exception.doneOn.prefix(10))) { return done.dayNumber }
    guard let due = CalendarDate(iso: String(exception.dueOn.prefix(10))),
      let days = exception.daysLate
    else { return nil }
    return due.dayNumber + Int32(days)
  }

  /// Tables of which not one record with an open exception is there any more: another export may stand in its place, or
  /// its keys be written otherwise.
  private func remarks(
    _ recorder: RunRecorder, _ withdrawn: Set<String>, _ rulesBefore: Int32?
  ) -> [String] {
    let ended = withdrawn.union(recorder.ended.map(\.key.rule))
    let idle = report.removedRules.subtracting(ended).sorted().map { rule in
      "No exception of \(rule) was open, so that --accept-removed \(rule) has ended none. Look at the rule's name."
    }
    let told = idle + (rulesBefore.map { [Self.otherRules(since: $0)] } ?? [])
    // A group of a limit is no record.
    let limits = Set(report.rules.filter { $0.kind == "limit" }.map(\.name))
    func records(_ counts: [String: Int]) -> Int {
      counts.reduce(0) { $0 + (limits.contains($1.key) ? 0 : $1.value) }
    }
    let counts = recorder.listedAndGone.mapValues(records)
    // One record may well have gone by itself.
    return told
      + counts.filter {
        $0.value > 1 && $0.value == records(recorder.listedBefore[$0.key, default: [:]])
      }.keys
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      .map { table in
        "\(table): no record that had an open exception (\(counts[table] ?? 0)) is in the extract any more. Look whether it is the right one, and whether its keys are written as before."
      }
  }

  /// The last run whose rules, packs or parameters differ from those of this one, nil for none.
  ///
  /// Back to the last that could be trusted: what a change puts right waits for such a run.
  private func lastRunWithOtherRules() throws -> Int32? {
    let runs = try Row.fetchCursor(
      db,
      sql: """
        SELECT day, trusted, digest, packs, parameters FROM run WHERE day < ? ORDER BY day DESC
        """, arguments: [day])
    while let run = try runs.next() {
      if (run[2], run[3], run[4]) != (report.rulesDigest, packsInWords, parametersInWords) {
        return run[0]
      }
      if run[1] == true { return nil }
    }
    return nil
  }

  private static func otherRules(since day: Int32) -> String {
    let day = CalendarDate(dayNumber: day)
    return
      "The rules, or their parameters, are not those of the run as of \(day): what is new or put right may be so for that alone."
  }

  private var packsInWords: String { report.packs.joined(separator: " ") }

  private var parametersInWords: String {
    report.parameters.map { "\($0.name)=\($0.value)" }.sorted().joined(separator: "\n")
  }

  private func news(of recorder: RunRecorder, teams: [Int64]) throws -> LedgerNews {
    var news = LedgerNews()
    news.previous = earlierDays.last.map { CalendarDate(dayNumber: $0) }
    news.ended = recorder.ended.map { $0.entry(names) }.sorted { $0.key < $1.key }
    news.unsettled = recorder.unsettled.map { $0.entry(names) }.sorted { $0.key < $1.key }
    news.opened = recorder.opened
    news.reopened = recorder.reopened
    news.moved = recorder.moved
    news.trend = try TrendReading(db: db, day: day, names: names).trend()
    let found = recorder.tallies.byTeam
    let week = try week()
    for team in Set(teams).union(found.keys) {
      let counts = found[team] ?? RunTallies.Counts()
      let isAtZero = counts.listed + counts.unsettled == 0
      var standing =
        TeamStanding(
          team: TeamName(shown: names[team]), listed: counts.listed, waived: counts.waived,
          unsettled: counts.unsettled,
          zeroSince: isAtZero && !report.isUntrusted ? try zeroSince(team) : nil,
          oldest: recorder.tallies.oldest[team].map { CalendarDate(dayNumber: $0) })
      standing.movedOut = counts.movedOut
      standing.week = week.map { $0[team] ?? TeamStanding.WeekCounts() }
      news.teams.append(standing)
    }
    news.teams.sort { $0.team.shown.utf8.lexicographicallyPrecedes($1.team.shown.utf8) }
    return news
  }

  /// What the runs of the last seven days brought, by team; nil where there is but this one, or none before them to go by.
  private func week() throws -> [Int64: TeamStanding.WeekCounts]? {
    let start = day - 7
    guard let first = earlierDays.first, first <= start, let last = earlierDays.last, last > start
    else { return nil }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT team, sum(opened), sum(reopened), sum(resolved) FROM tally
        WHERE day > ? AND day <= ? AND rule = \(Names.all) AND team <> \(Names.all) GROUP BY team
        """, arguments: [start, day])
    var counts: [Int64: TeamStanding.WeekCounts] = [:]
    while let row = try rows.next() {
      counts[row[0]] = TeamStanding.WeekCounts(
        opened: row[1], reopened: row[2], resolved: row[3])
    }
    return counts
  }

  /// The first of the runs without a break in which a team had nothing open, up to this one.
  ///
  /// A run that could not be trusted and found nothing breaks it: nothing was shown.
  private func zeroSince(_ team: Int64) throws -> CalendarDate? {
    let first = try Int32.fetchOne(
      db,
      sql: """
        SELECT min(s.day) FROM standing s JOIN run r ON r.day = s.day
        WHERE s.team = ?1 AND s.day <= ?2 AND s.day > coalesce((
          SELECT max(r2.day) FROM run r2 LEFT JOIN standing s2 ON s2.day = r2.day AND s2.team = ?1
          WHERE r2.day <= ?2 AND (s2.day IS NULL OR s2.listed + s2.unsettled > 0 OR r2.trusted = 0)),
          -1000000)
        """, arguments: [team, day])
    return first.map { CalendarDate(dayNumber: $0) }
  }

  /// Takes this run, and what later runs have made of exceptions, out of the ledger.
  private func unwind() throws {
    try db.execute(
      sql: """
        UPDATE exception SET person = (
          SELECT before FROM renamed r WHERE r.exception = exception.id AND r.day >= ?1 ORDER BY r.day LIMIT 1)
        WHERE id IN (SELECT exception FROM renamed WHERE day >= ?1)
        """, arguments: [day])
    try db.execute(sql: "DELETE FROM renamed WHERE day >= ?", arguments: [day])
    try db.execute(
      sql: """
        DELETE FROM spell WHERE from_day >= ?1;
        """, arguments: [day])
    try db.execute(
      sql: "UPDATE spell SET until_day = NULL WHERE until_day >= ?", arguments: [day])
    try db.execute(sql: "DELETE FROM exception WHERE first_day >= ?", arguments: [day])
    try db.execute(sql: "DELETE FROM run WHERE day = ?", arguments: [day])
    for table in ["tally", "mended", "standing"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE day > ?", arguments: [day])
    }
  }

  private mutating func writeRun() throws {
    try db.execute(
      sql: "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: [
        day, report.version, report.rulesDigest, packsInWords, parametersInWords,
        !report.isUntrusted, report.exceptions.count, report.waivers?.waived ?? 0,
      ])
    for input in report.inputs {
      try db.execute(
        sql: "INSERT OR REPLACE INTO input VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          day, input.path, input.table, input.size, input.sha256, input.rowsRead,
          input.rowsChecked, input.rowsRejected,
        ])
    }
    for table in report.tables + report.earlierTables {
      try db.execute(
        sql: "INSERT INTO table_run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          day, table.name, table.rows - table.repeatedRows, table.isPresent, table.isWhole,
          table.files,
          table.fields.joined(separator: " "), table.newest?.dayNumber, table.hasFooters,
          table.filled.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
            .joined(separator: " "),
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
}
