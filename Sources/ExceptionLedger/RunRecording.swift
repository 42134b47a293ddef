import Exceptions
import GRDB
import WorkingTime

/// Writes one run into the ledger, in its place among the others, within a transaction.
struct RunRecording {
  let db: Database
  let report: RunReport
  let day: Int32
  /// The runs after this one; empty except for a backfill.
  let laterDays: [Int32]
  let earlierDays: [Int32]
  var names: Names

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
    var teamsLost: [Int64: Int] = [:]
    let histories = try recorder.record(seen, keeping: kept) { spells, histories in
      var resumed: [Int64: ListedSince.Gap]?
      try settlement.learn(of: report.exceptions) { number in
        let history = histories[number]
        let gaps = try resumed ?? lastGaps()
        resumed = gaps
        return ListedSince(opened: history.openedDay, gap: gaps[history.exception])
      }
      var states = try settlement.states(of: spells) { spells in
        evidence(
          try spells.map {
            $0.unlisted(since: CalendarDate(dayNumber: try lastListed($0) ?? day))
          })
      } unlisted: {
        try unlisted($0)
      }
      try endWithTheirPeriod(spells, &states)
      teamsLost = endTogether(spells, &states, histories)
      endUnderOtherNames(spells, &states, listed: keys, histories)
      try write(spells, states)
      return states
    }
    names = recorder.names
    told.teams = teamsOfRun
    let teams = try teamsOfRun.map { try names.number($0.shown, db) }
    try recorder.tallies.write(day: day, teams: teams, db)

    for (index, history) in histories.enumerated() {
      told.exceptions[index].firstSeen = CalendarDate(dayNumber: history.firstDay)
      told.exceptions[index].runsOpen = history.runsOpen
      told.exceptions[index].change = history.change
    }
    told.news = try news(of: recorder, teams: teams)
    let rulesBefore = try lastRunWithOtherRules()
    told.news?.hasOtherRules = rulesBefore != nil
    // The waiver of an exception that is open but not judged is still in use.
    told.waivers?.unmatched.removeAll { waiver in
      recorder.unsettled.contains { spell in
        waiver.covers(
          rule: spell.key.rule, table: spell.key.table, record: spell.key.record,
          occasion: spell.key.occasion > 0 ? spell.key.occasion : nil)
      }
    }
    told.remarks += remarks(recorder, withdrawn, rulesBefore)
    told.remarks += try teamsLost.map { try Self.lost(team: names[$0], count: $1) }
      .sorted { byteOrder($0, $1) < 0 }
    if let replay { try replay.run(laterDays, behind: earlierDays + [day], names: &names) }
    return told
  }

  /// What the replaced run of the same day opened, and this one neither lists nor shows to be put
  /// right.
  ///
  /// With it come the rules of what that run opened that have since been removed.
  private func openedByReplaced(
    unless listed: [ExceptionKey], _ settlement: Settlement, evidence: EvidenceSearch
  ) throws -> (kept: [RunRecorder.Seen], withdrawn: Set<String>) {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Spell.columns) FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.from_day = ?1 AND s.opened_day = ?1 AND s.\(SpellState.open)
        ORDER BY e.record, e.rule, e.table_name, e.occasion, e.ordinal
        """, arguments: [day])
    var known: Set<ExceptionKey>?
    var spells: [Spell] = []
    while let row = try rows.next() {
      let spell = try Spell(row, names: names)
      if known == nil { known = Set(listed) }
      if known?.contains(spell.key) == false { spells.append(spell) }
    }
    guard !spells.isEmpty else { return ([], []) }
    // A record that the replaced run could not read either cannot be what showed the exception.
    var settlement = settlement
    try settlement.learn(of: report.exceptions) { place in
      try listedDay(of: listed[place]).map { ListedSince(opened: $0) }
    }
    // If the replaced run had a record under another key, and this run has the old key again, the
    // other key never existed.
    let asOf = report.asOf
    func evidenceOfDay(_ spells: [Spell]) -> [Evidence] {
      evidence(spells.map { $0.unlisted(since: asOf) })
        .map { if case .renumbered = $0 { .gone } else { $0 } }
    }
    // What the replaced run did not list itself rests on records that it could not read.
    let states = settlement.states(of: spells, evidence: evidenceOfDay) {
      ($0.sighting.state.isUnsettled ? day : .max)...(.max)
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

  /// The last gap in which each exception was open without being listed, up to the run that listed
  /// or ended it.
  private func lastGaps() throws -> [Int64: ListedSince.Gap] {
    var gaps: [Int64: ListedSince.Gap] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT g.exception, g.until, (
          SELECT max(l.until_day) FROM spell l
          WHERE l.exception = g.exception AND l.\(SpellState.seen) AND l.until_day <= g.until)
        FROM (
          SELECT exception, max(until_day) AS until FROM spell
          WHERE \(SpellState.unsettled) AND until_day IS NOT NULL GROUP BY exception) g
        """)
    while let row = try rows.next() {
      gaps[try row.value(0)] = .init(from: try row.dayIfAny(2) ?? .min, to: try row.day(1))
    }
    return gaps
  }

  /// Since when every run has listed an exception; nil where the last one did not.
  private func listedDay(of key: ExceptionKey) throws -> Int32? {
    guard let rule = names.known(key.rule), let table = names.known(key.table) else { return nil }
    let find = try db.cachedStatement(
      sql: """
        SELECT coalesce(
          (SELECT max(u.until_day) FROM spell u
            WHERE u.exception = e.id AND u.opened_day = s.opened_day AND u.\(SpellState.unseen)),
          s.opened_day)
        FROM exception e JOIN spell s ON s.exception = e.id
        WHERE e.record = ? AND e.rule = ? AND e.table_name = ? AND e.occasion = ? AND e.ordinal = ?
          AND s.until_day IS NULL AND s.\(SpellState.seen)
        """)
    let arguments: StatementArguments = [key.record, rule, table, key.occasion, key.ordinal]
    return try Int32.fetchOne(find, arguments: arguments)
  }

  /// Ends exceptions whose record has its key written in another way now and is listed under that
  /// key.
  ///
  /// What was open under that key before belongs to another record.
  private func endUnderOtherNames(
    _ spells: [Spell], _ states: inout [Settled], listed keys: [ExceptionKey],
    _ histories: [RunRecorder.History]
  ) {
    let renamed = spells.indices.filter { states[$0].otherName != nil }
    if renamed.isEmpty { return }
    let listed = Set(zip(keys, histories).filter { $0.1.openedDay == day }.map(\.0))
    for place in renamed {
      var key = spells[place].key
      key.record = states[place].otherName ?? key.record
      if listed.contains(key) { states[place].state = .lapsed }
    }
  }

  /// Records that had exceptions and have gone all at once, of a table or of a team, are hardly all
  /// put right: keys may be written in another way, or an export may leave a team out.
  ///
  /// - Returns: how many a team had of which nothing is judged any more, by team.
  private func endTogether(
    _ spells: [Spell], _ states: inout [Settled], _ histories: [RunRecorder.History]
  ) -> [Int64: Int] {
    let limits = Set(report.rules.filter { $0.kind == "limit" }.map(\.name))
    let ofRecords = spells.indices.filter {
      spells[$0].isOfListedRecord && !limits.contains(spells[$0].key.rule)
    }
    let goesOn = zip(report.exceptions, histories).filter {
      ![.new, .reopened].contains($0.1.change)
    }
    let listed = Set(goesOn.map(\.0.table))
    for (table, places) in Dictionary(grouping: ofRecords, by: { spells[$0].key.table })
    where areSeveral(places, spells) && !listed.contains(table)
      && !report.acceptedTables.contains(table)
      && places.allSatisfy({ states[$0].isGone })
    {
      for place in places where states[place].state == .gone { states[place].state = .lapsed }
    }
    let teams = teamsGone(ofRecords, spells, states)
    for place in teams.values.joined() { states[place].state = .lapsed }
    return teams.mapValues(\.count)
  }

  /// The places of the exceptions whose records have gone, by teams of which nothing is judged any
  /// more.
  private func teamsGone(
    _ places: [Int], _ spells: [Spell], _ states: [Settled]
  ) -> [Int64: [Int]] {
    let gone = places.filter {
      states[$0].state == .gone && !report.acceptedTables.contains(spells[$0].key.table)
    }
    if gone.isEmpty { return [:] }
    var judged: Set<Int64> = []
    for measure in report.measures where measure.counts != VerdictCounts() {
      if case .team(let team) = measure.scope, let number = names.known(team.shown) {
        judged.insert(number)
      }
    }
    if judged.isEmpty { return [:] }
    return Dictionary(grouping: gone, by: { spells[$0].sighting.team })
      .filter { areSeveral($0.value, spells) && !judged.contains($0.key) }
  }

  /// One record may well go by itself.
  private func areSeveral(_ places: [Int], _ spells: [Spell]) -> Bool {
    guard let first = places.first.map({ spells[$0].key }) else { return false }
    return places.contains {
      !areSameBytes(spells[$0].key.record, first.record)
        || !areSameBytes(spells[$0].key.table, first.table)
    }
  }

  /// What a rule listed by last period's extract is not put right by another one in its place.
  private func endWithTheirPeriod(_ spells: [Spell], _ states: inout [Settled]) throws {
    let rules = Dictionary(
      report.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    var period = OtherPeriod(db, report)
    for (place, spell) in spells.enumerated() where states[place].state.end?.isPutRight ?? false {
      guard let rule = rules[spell.key.rule], OtherPeriod.isRead(by: rule) else { continue }
      guard let listedOn = try lastListed(spell) else { continue }
      if try period.isOther(for: rule, than: listedOn) { states[place].state = .lapsed }
    }
  }

  /// The last run that listed an open exception.
  private func lastListed(_ spell: Spell) throws -> Int32? {
    let first = try unlisted(spell).lowerBound
    return earlierDays.last { $0 < first }
  }

  /// The runs from the first that did not list an exception to the first that found it in order, in
  /// doubt.
  ///
  /// The latter is this run where no earlier one has.
  private func unlisted(_ spell: Spell) throws -> ClosedRange<Int32> {
    guard spell.sighting.state.isUnsettled else { return day...day }
    let first =
      try Int32.fetchOne(
        db,
        sql: """
          SELECT max(until_day) FROM spell
          WHERE exception = ?1 AND opened_day = ?2 AND \(SpellState.seen) AND until_day IS NOT NULL
          """, arguments: [spell.exception, spell.openedDay]) ?? spell.openedDay
    let last =
      try Int32.fetchOne(
        db,
        sql: """
          SELECT min(from_day) FROM spell
          WHERE exception = ?1 AND opened_day = ?2 AND state = \(SpellState.inDoubt.rawValue) AND from_day >= ?3
          """, arguments: [spell.exception, spell.openedDay, first]) ?? day
    return first...max(first, last)
  }

  private mutating func sighting(_ exception: CaseException) throws -> Sighting {
    Sighting(
      state: exception.list == .waived ? .waived : .listed,
      team: try names.number(exception.team.shown, db),
      worker: try names.number(exception.worker, db), status: exception.status,
      list: exception.list,
      due: exception.dueDay?.dayNumber, done: exception.doneDay?.dayNumber,
      decided: decided(exception),
      digest: Int64(bitPattern: exception.digestNumber))
  }

  /// The day on which something late was decided: when it was done, or when the duty ended undone.
  private func decided(_ exception: CaseException) -> Int32? {
    guard exception.status == .late else { return nil }
    if let done = exception.doneDay { return done.dayNumber }
    guard let due = exception.dueDay, let days = exception.daysLate else { return nil }
    return due.dayNumber + Int32(days)
  }
}

extension Spell {
  fileprivate func unlisted(since lastListed: CalendarDate) -> UnlistedException {
    UnlistedException(
      key: key, lastListed: lastListed, digest: UInt64(bitPattern: sighting.digest))
  }
}
