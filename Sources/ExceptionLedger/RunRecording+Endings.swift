import Exceptions
import GRDB

/// What looks put right and is not: ends that the evidence of a single record does not show.
extension RunRecording {
  /// Ends exceptions whose record has its key written in another way now and is listed under that
  /// key.
  ///
  /// What was open under that key before belongs to another record.
  func endUnderOtherNames(
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
  func endTogether(
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
    let judged = Set(report.judgedTeams.compactMap { names.known($0.shown) })
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
  func endWithTheirPeriod(_ spells: [Spell], _ states: inout [Settled]) throws {
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
  func lastListed(_ spell: Spell) throws -> Int32? {
    let first = try unlisted(spell).lowerBound
    return earlierDays.last { $0 < first }
  }

  /// The runs from the first that did not list an exception to the first that found it in order, in
  /// doubt.
  ///
  /// The latter is this run where no earlier one has.
  func unlisted(_ spell: Spell) throws -> ClosedRange<Int32> {
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
}
