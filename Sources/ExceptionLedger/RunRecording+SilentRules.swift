import Exceptions
import GRDB
import WorkingTime

/// Rules that ask nothing any more: what they had open is not put right for that.
extension RunRecording {
  /// What a rule listed is not put right because it asks nothing of any record any more.
  ///
  /// A code that its `when` compares may be written in another way. What is held for that stays
  /// held until its record is asked about again, whatever else changes meanwhile: one record that
  /// is corrected, or a code that is added to a list, says nothing about the others.
  ///
  /// What the run of the same day that this one replaces held for that is `shown`. Returns what
  /// stays open for that, with the number of exceptions.
  func keepWithTheirRules(
    _ spells: [Spell], _ states: inout [Settled], shown: Set<ExceptionKey>
  ) throws -> [GoneTogether: Int] {
    let leftOut = spells.indices.filter {
      states[$0].state == .leftOut && !states[$0].isAskedOfOthers
    }
    if leftOut.isEmpty { return [:] }
    let silent = rulesSilent
    var judged = JudgedMuch(db, limits: limits, before: day)
    var gone: [GoneTogether: Int] = [:]
    for place in leftOut {
      let spell = spells[place]
      let (rule, table) = (spell.key.rule, spell.key.table)
      let isHeld = try isUnasked(spell)
      let isSilent = silent.contains(rule)
      guard
        try isHeld || isSilent && judged.has(names.known(rule), rule, since: spell.openedDay)
      else { continue }
      // Nobody has accepted what no run has shown, nor this by accepting a loss.
      let isAccepted =
        report.acceptedTables.contains(table) && !report.tablesWithAcceptedLosses.contains(table)
      if isAccepted, isHeld || shown.contains(spell.key) {
        states[place].state = .lapsed
        states[place].isAccepted = true
      } else {
        states[place].state = .unasked
        gone[isSilent ? .rule(rule, table: table) : .others(rule, table: table), default: 0] += 1
      }
    }
    return gone
  }

  /// Whether an exception has been held since a run last listed it, because its rule asked nothing.
  private func isUnasked(_ spell: Spell) throws -> Bool {
    guard spell.sighting.state.isUnsettled else { return false }
    if spell.sighting.state == .unasked { return true }
    return try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM spell WHERE exception = ?1 AND from_day >= ?2 AND state = \(SpellState.unasked.rawValue))
        """, arguments: [spell.exception, spell.firstUnlisted(db, by: day)]) ?? false
  }

  /// What the run of this day that is in the ledger held because its rule asked nothing.
  func unaskedInReplaced() throws -> Set<ExceptionKey> {
    if report.acceptedTables.isEmpty { return [] }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT rule, table_name, record, occasion, ordinal FROM settled WHERE day = ? AND state = ?
        """, arguments: [day, SpellState.unasked.rawValue])
    var keys: Set<ExceptionKey> = []
    while let row = try rows.next() { keys.insert(try ExceptionKey(row, from: 0, names)) }
    return keys
  }

  /// The rules that leave out half of what they had open, and many.
  ///
  /// What goes on under another number, as a later visit does once one before it was taken out, is
  /// not put right, and not left out either; nor is what only runs listed that could not be trusted.
  func leftOutTogether(
    _ spells: [Spell], _ states: [Settled], besides goOn: [Bool],
    _ histories: [RunRecorder.History]
  ) throws -> [GoneTogether: Int] {
    let leftOut = spells.indices.filter {
      states[$0].state == .leftOut && !states[$0].isAskedOfOthers && !goOn[$0]
        && spells[$0].badNightsFrom == nil
    }
    let silent = rulesSilent
    // A rule of a small table asks little; that it asks nothing at all is told of two records.
    var many = Dictionary(grouping: leftOut, by: { spells[$0].key.rule })
      .filter {
        $1.count >= Self.manyLeftOut || silent.contains($0) && areSeveral($1, spells)
      }.mapValues(\.count)
    if many.isEmpty { return [:] }
    // Where the rules are others, one may well ask something of other records.
    if try lastRunWithOtherRules() != nil { many = many.filter { silent.contains($0.key) } }
    let shown = spells.filter { $0.badNightsFrom == nil }
    var open = Dictionary(grouping: shown, by: \.key.rule).mapValues(\.count)
    for (exception, history) in zip(report.exceptions, histories) where history.openedDay < day {
      open[exception.rule]? += 1
    }
    var gone: [GoneTogether: Int] = [:]
    for (rule, count) in many where count * 2 >= open[rule] ?? 0 {
      gone[.leftOut(rule: rule, of: open[rule] ?? count)] = count
    }
    return gone
  }

  /// So many exceptions of a rule are seldom left out in one night by what people close or correct.
  private static let manyLeftOut = 5

  /// The rules, besides constraints, that were evaluated in this run and ask nothing of any record.
  ///
  /// One that cannot judge any for want of values asks it of all of them, and each is listed.
  var rulesSilent: Set<String> {
    let judging = report.measures.lazy.filter {
      $0.scope == .all && ($0.counts.judged > 0 || $0.counts.cannotJudge > 0)
    }
    let asked = report.rules.lazy.filter { $0.isEvaluated && $0.kind != .constraint }
    return Set(asked.map(\.name)).subtracting(judging.map(\.rule))
  }

  /// Rules that judged many records when they were last asked, and judge none in this run; limits,
  /// whose windows may well be empty, are not asked, nor are rules whose time is over.
  ///
  /// What is owed by such a rule from now on would be listed nowhere.
  func rulesFallenSilent(since asked: LastAsked) throws -> [String] {
    let silent = rulesSilent.subtracting(limits)
    if silent.isEmpty { return [] }
    let judged = JudgedMuch(db, limits: limits, before: day)
    return try asked.rules.flatMap { before, rules in
      try judged.rules(on: before, names).intersection(silent).filter { rule in
        names.known(rule).map(rules.contains) ?? false
      }
    }.filter { report.rule(named: $0)?.isActive ?? true }.inByteOrder()
  }
}
