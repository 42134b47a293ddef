import Exceptions
import GRDB

/// How a duty goes on that stands under another number than before.
///
/// The ledger keeps an exception under its number, so that a duty moves from one exception to
/// another, and takes with it since when it has been open.
extension RunRecorder {
  /// Finds what the run lists under another number than before, of what was open.
  func renumbered(_ seen: [Seen], _ open: [Spell], _ places: SpellPlaces) -> RenumberedDuties {
    var now: [RenumberedDuties.Placed] = []
    var records: Set<ExceptionKey> = []
    for (number, item) in seen.enumerated() where item.key.occasion > 0 {
      let duty = RenumberedDuties.Duty(item)
      now.append((number, duty))
      // Most duties stand where they stood, and most records have none that does not.
      if let place = places[item.key], duty.isSame(as: .init(open[place])) { continue }
      records.insert(duty.record)
    }
    if records.isEmpty { return RenumberedDuties([], from: []) }
    now.removeAll { !records.contains($0.duty.record) }
    var before: [RenumberedDuties.Placed] = []
    for (place, spell) in open.enumerated() where spell.key.occasion > 0 {
      let duty = RenumberedDuties.Duty(spell)
      if records.contains(duty.record) { before.append((place, duty)) }
    }
    return RenumberedDuties(now, from: before)
  }

  /// Records that an open exception is seen again under another number, in the place of the open one
  /// that had that until now.
  mutating func goOn(
    _ spell: Spell, under item: Seen, instead own: Spell?, _ others: OtherNumbers,
    mayComeBack: Bool
  ) throws -> History {
    let rule = try names.number(item.key.rule, db)
    let table = try names.number(item.key.table, db)
    countMove(of: spell, to: item.sighting, rule)
    let exception: Int64
    let firstDay: Int32
    let ended = mayComeBack ? try lastSpell(of: item.key, rule: rule, table: table) : nil
    if let last = own ?? ended {
      try rename(last, to: item.person)
      try end(last.exception, last.fromDay)
      (exception, firstDay) = (last.exception, last.firstDay)
    } else {
      exception = try add(
        item.key, item.person, rule: rule, table: table, firstDay: spell.firstDay)
      firstDay = spell.firstDay
    }
    let runsBefore = spell.runsBefore + runs(since: spell.fromDay)
    try insert(
      exception, item.sighting, opened: spell.openedDay, runsBefore: runsBefore,
      reopened: spell.reopened)
    let change = try change(of: spell, to: item.sighting, others, isSameDuty: true)
    count(change, of: spell, as: item.sighting, rule)
    return History(
      exception: exception, firstDay: spell.reopened == 0 ? spell.openedDay : firstDay,
      openedDay: spell.openedDay,
      runsOpen: runsBefore + 1, change: change)
  }

  /// Records a duty that was not listed before, under the number of one that has another now or has
  /// ended.
  mutating func begin(_ item: Seen, instead own: Spell) throws -> History {
    let rule = try names.number(item.key.rule, db)
    try rename(own, to: item.person)
    try end(own.exception, own.fromDay)
    try insert(own.exception, item.sighting, opened: day, runsBefore: 0, reopened: 0)
    var new = own
    new.openedDay = day
    count(.new, of: new, as: item.sighting, rule)
    tallies.change(rule, item.sighting.team) { $0.opened += 1 }
    return History(
      exception: own.exception, firstDay: day, openedDay: day, runsOpen: 1, change: .new)
  }

  /// Ends an exception whose duty goes on under another number: it is neither put right nor over.
  mutating func endUnderOldNumber(_ spell: Spell) throws {
    movedOn.append(spell)
    var sighting = spell.sighting
    sighting.state = .lapsed
    try end(spell.exception, spell.fromDay)
    try insert(
      spell.exception, sighting, opened: spell.openedDay,
      runsBefore: spell.runsBefore + runs(since: spell.fromDay), reopened: spell.reopened)
  }
}
