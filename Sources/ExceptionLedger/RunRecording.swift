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
  /// The rules that judge groups: asked about each exception, so found once.
  let limits: Set<String>
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
    limits = Set(report.rules.lazy.filter { $0.kind == .limit }.map(\.name))
    names = try Names(db)
  }

  /// Records the run and returns its report with what the ledger knows of it.
  mutating func record(evidence: EvidenceSearch) throws -> RunReport {
    let teamsOfRun = try teamsKnown()
    try GroupKeys(db: db, names: names)
      .mark(by: report.rules, listed: exceptionKeys(of: report.exceptions))
    var keys = try TwinKeys(db: db, names: names, day: day).keys(of: report.exceptions)
    let replay = laterDays.isEmpty ? nil : try Replay(db, after: day)
    var settlement = Settlement(report)
    let replaced = try openedByReplaced(unless: keys, settlement, evidence: evidence)
    var accepted = replaced.accepted
    let whole = try wholeInReplaced()
    let shown = try unaskedInReplaced()
    try unwind()
    try writeRun()
    try write(whole)
    var told = report
    var seen: [(key: ExceptionKey, person: String, sighting: Sighting)] = []
    seen.reserveCapacity(keys.count)
    for (exception, key) in zip(report.exceptions, keys) {
      seen.append((key, exception.personID, try sighting(exception)))
    }
    keys = []
    var recorder = try RunRecorder(db, day: day, earlierDays: earlierDays, names: names)
    var gone: [GoneTogether: Int] = [:]
    let histories = try recorder.record(seen, keeping: replaced.kept) { spells, goOn, histories in
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
      try endWithAcceptedLosses(spells, &states)
      try endWithoutCorrection(spells, &states)
      gone = try endTogether(spells, &states, histories)
      gone.merge(try endWithAllChildren(spells, &states, histories)) { $0 + $1 }
      gone.merge(try endEnteredTogether(spells, &states, seen, histories)) { $0 + $1 }
      gone.merge(try keepWithTheirColumns(spells, &states)) { $0 + $1 }
      gone.merge(try keepWithTheirRules(spells, &states, shown: shown)) { $0 + $1 }
      endWithLossesOfOthers(&states)
      gone.merge(try leftOutTogether(spells, states, besides: goOn, histories)) { $0 + $1 }
      try endUnderOtherNames(spells, &states, seen, histories)
      gone.merge(overdueOfChildrenGone(spells, states)) { $0 + $1 }
      try write(spells, states)
      accepted.formUnion(tablesAccepted(spells, states))
      return states
    }
    names = recorder.names
    // Where a run is filled in before, it may not go on under the other number any more.
    try write(recorder.movedOn, recorder.movedOn.map { _ in Settled(state: .lapsed) })
    told.teams = teamsOfRun
    let teams = try teamsOfRun.map { try names.number($0.shown, db) }
    try recorder.tallies.write(day: day, teams: teams, db)
    for (index, history) in histories.enumerated() {
      told.exceptions[index].firstSeen = CalendarDate(dayNumber: history.firstDay)
      told.exceptions[index].openedOn = CalendarDate(dayNumber: history.openedDay)
      told.exceptions[index].runsOpen = history.runsOpen
      told.exceptions[index].change = history.change
    }
    try tell(&told, of: recorder, teams: teams, gone: gone, withdrawn: replaced.withdrawn)
    try tellSinceLists(&told, seen, histories)
    told.remarks += idleAcceptances(besides: accepted, gone)
    if let replay { try replay.run(laterDays, behind: earlierDays + [day], names: &names) }
    return told
  }

  /// The last run before this one that could be trusted.
  func lastTrustedDay() throws -> Int32? {
    try Int32.fetchOne(
      db, sql: "SELECT max(day) FROM run WHERE day < ? AND trusted = 1", arguments: [day])
  }

  /// Adds to a report what has changed since the last run.
  private func tell(
    _ told: inout RunReport, of recorder: RunRecorder, teams: [Int64], gone: [GoneTogether: Int],
    withdrawn: Set<String>
  ) throws {
    told.news = try news(of: recorder, teams: teams)
    // A team that still has children's records has only lost some, as the remark says.
    let ofPeople = report.tables.filter(\.namesPeople).map(\.name)
    let teamsOfTables = report.teamsOfTables
    let working = Set(ofPeople.flatMap { teamsOfTables[$0] ?? [] })
    for case .team(let team, _) in gone.keys {
      told.news?.teamsLost.insert(TeamName(shown: try names[team]))
    }
    told.news?.teamsLost.subtract(working)
    let rulesBefore = try lastRunWithOtherRules()
    told.news?.hasOtherRules = rulesBefore != nil
    if let asked = try lastAsked() {
      let vanished = try teamsVanished(since: asked)
      let misspelt = try Set(vanished.filter { try wasMisspelt($0, recorder) })
      let named = misspelt.union(told.news?.teamsLost ?? [])
      let lost = vanished.filter { !named.contains($0) }
      told.news?.teamsLost.formUnion(lost)
      told.teams = Set(told.teams).union(lost).sorted { byteOrder($0.shown, $1.shown) < 0 }
      told.remarks += lost.map(Self.words(ofVanished:))
      var held: Set<String> = []
      for case .rule(let rule, _) in gone.keys { held.insert(rule) }
      told.remarks += try rulesFallenSilent(since: asked).filter { !held.contains($0) }
        .map(words(ofSilent:))
      told.remarks += try teamsLeaving(
        gone, misspelt.union(told.news?.teamsLost ?? []), since: asked)
    }
    // The waiver of an exception that is open but not judged is still in use, unless there is no such
    // rule any more: it will not be judged again, and under another name nothing is waived.
    let inForce = Set(report.rules.map(\.name))
    told.waivers?.unmatched.removeAll { waiver in
      inForce.contains(waiver.rule)
        && recorder.unsettled.contains { $0.isSpokenOf(by: waiver) }
    }
    told.remarks += remarks(recorder, withdrawn, rulesBefore)
    told.remarks += try gone.map { try words(of: $0, count: $1) }.inByteOrder()
  }

  /// What the replaced run of the same day opened, and this one neither lists nor shows to be put
  /// right.
  ///
  /// With it come the rules of what that run opened that have since been removed, and the tables of
  /// which something was accepted.
  private func openedByReplaced(
    unless listed: [ExceptionKey], _ settlement: Settlement, evidence: EvidenceSearch
  ) throws -> (kept: [RunRecorder.Seen], withdrawn: Set<String>, accepted: Set<String>) {
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
    guard !spells.isEmpty else { return ([], [], []) }
    spells = spells.ranked(besides: listed)
    // A record that the replaced run could not read either cannot be what showed the exception.
    var settlement = settlement
    try settlement.learn(of: report.exceptions) { place in
      try listedDay(of: listed[place]).map { ListedSince(opened: $0) }
    }
    // If the replaced run had a record under another key, and this run has the old key again, the
    // other key never existed.
    let asOf = report.asOf
    func evidenceOfDay(_ spells: [Spell]) -> [Showing] {
      evidence(spells.map { $0.unlisted(since: asOf) }).map { shown in
        if case .renumbered = shown.evidence { Showing(.gone, person: shown.person) } else { shown }
      }
    }
    // What the replaced run did not list itself rests on records that it could not read.
    var states = settlement.states(of: spells, evidence: evidenceOfDay) {
      ($0.sighting.state.isUnsettled ? day : .max)...(.max)
    }
    // The measures of the day are still those of the run that is replaced.
    let judged = JudgedMuch(db, limits: limits, before: day)
    let silent = rulesSilent.intersection(try judged.rules(on: day, names))
    for place in spells.indices
    where states[place].state == .leftOut && silent.contains(spells[place].key.rule) {
      states[place].state = .unasked
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
    return (kept, withdrawn, tablesAccepted(spells, states))
  }

  /// The tables of exceptions that have ended because somebody accepted what became of the table.
  private func tablesAccepted(_ spells: [Spell], _ states: [Settled]) -> Set<String> {
    Set(zip(spells, states).lazy.filter { $0.1.isAccepted }.map(\.0.key.table))
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
    var asked = key
    asked.ordinal = rank
    return UnlistedException(
      key: asked, person: person, lastListed: lastListed,
      digest: UInt64(bitPattern: sighting.digest),
      due: sighting.due.map { CalendarDate(dayNumber: $0) })
  }
}
