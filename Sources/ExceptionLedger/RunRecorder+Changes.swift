import Exceptions
import GRDB

/// How an open exception that is seen again compares with the runs before.
extension RunRecorder {
  /// The run with which an open exception is compared to tell whether it has become worse.
  ///
  /// It is the last one that listed it. A waived exception is compared with the last run, as its
  /// changes are reported as they happen.
  private func lastTold(_ spell: Spell, _ now: SpellState) throws -> Int32? {
    if spell.sighting.state == .listed || now == .waived { return earlierDays.last }
    // The first run that did not list it.
    let first = try Int32.fetchOne(
      db,
      sql: """
        SELECT max(until_day) FROM spell
        WHERE exception = ? AND opened_day = ? AND state = \(SpellState.listed.rawValue) AND until_day IS NOT NULL
        """, arguments: [spell.exception, spell.openedDay])
    return first.flatMap { first in earlierDays.last { $0 < first } }
  }

  /// What an open exception is to those who read the lists; `isSameDuty` where what it was is known
  /// to be the same, under whatever number.
  func change(
    of spell: Spell, to sighting: Sighting, _ others: OtherNumbers, isSameDuty: Bool = false
  ) throws -> ExceptionChange {
    let lastSeen = try lastSeen(spell)
    // Only a run of its first day that another has replaced had listed it: no list shows that.
    if lastSeen == nil { return spell.reopened > 0 ? .reopened : .new }
    let change = try changeInKind(of: spell, to: sighting, others, isSameDuty)
    // Whoever has it anew has to know that it is another's or was agreed to; that it is worse as
    // well shows in its status and its days.
    guard [.same, .worse].contains(change), sighting.state == .listed else { return change }
    if lastSeen == .waived { return .unwaived }
    return spell.sighting.team == sighting.team ? change : .moved
  }

  /// Whether the last run that saw an exception listed it, or had it waived.
  private func lastSeen(_ spell: Spell) throws -> SpellState? {
    guard spell.sighting.state.isUnsettled else { return spell.sighting.state }
    return try Int.fetchOne(
      db,
      sql: """
        SELECT state FROM spell
        WHERE exception = ? AND opened_day = ? AND from_day < ? AND \(SpellState.seen)
        ORDER BY from_day DESC LIMIT 1
        """, arguments: [spell.exception, spell.openedDay, spell.fromDay]
    ).flatMap { SpellState(rawValue: $0) }
  }

  /// How an exception changed, whichever team had it before and has it now.
  private func changeInKind(
    of spell: Spell, to sighting: Sighting, _ others: OtherNumbers, _ isSameDuty: Bool
  ) throws -> ExceptionChange {
    let (before, now) = (spell.sighting.status, sighting.status)
    let rule = names.known(spell.key.rule) ?? Names.nobody
    let shown = try lastShown.last(of: spell, rule: rule)
    if now.weight > (shown?.status ?? before).weight {
      return lastShown.isAsked(rule) ? .worse : .same
    }
    // The overdue duty may stand under another number by now, and this one may be another visit
    // that was already reported.
    if before == .overdue, now == .late, isSameDuty || !others.has(spell) {
      if let shown, shown.isLate(sighting.done) { return .same }
      return sighting.done == nil ? .neverDone : .done
    }
    if now.weight < before.weight || now == .late { return .same }
    guard now == .overdue else { return .same }
    // What was not listed as overdue has not been told as older either.
    let last = try before == .overdue ? lastTold(spell, sighting.state) : shown?.day
    return sighting.hasAged(from: last ?? day, to: day) ? .worse : .same
  }
}
