import Exceptions
import GRDB

/// Writes the exceptions of one run after those of the runs before it.
///
/// It knows nothing of where a run came from: the same code records today's run and puts later runs
/// after one that was filled in before them.
struct RunRecorder {
  /// What is known of an exception once its run is recorded.
  struct History {
    /// The number of the exception.
    var exception: Int64
    var firstDay: Int32
    /// Since when it has been open without a break.
    var openedDay: Int32
    var runsOpen: Int
    var change: ExceptionChange
  }

  /// An exception with its person and what a run saw of it.
  typealias Seen = (key: ExceptionKey, person: String, sighting: Sighting)

  let db: Database
  let day: Int32
  /// The days of all runs before this one, in order.
  let earlierDays: [Int32]
  var names: Names
  var tallies: RunTallies
  /// The exceptions that ended with this run.
  private(set) var ended: [Spell] = []
  /// The exceptions that stay open although the run does not list them.
  private(set) var unsettled: [Spell] = []
  /// Those whose duty goes on under another number, which no other has now.
  var movedOn: [Spell] = []
  /// By table, the records with open exceptions that another record has replaced, with the same key
  /// written in another way.
  private(set) var renumbered: [String: Set<String>] = [:]
  /// By table, the records that are gone with overdue exceptions, and that others still refer to.
  private(set) var referredTo: [String: Set<String>] = [:]
  private(set) var opened = 0
  private(set) var reopened = 0
  private(set) var moved = 0
  /// What the last run that could tell saw of each exception.
  let lastShown: LastShown
  /// The days of runs that could not be trusted.
  private let untrustedDays: Set<Int32>
  private var newExceptions: RowWriter
  private var newSpells: RowWriter
  private var endOfSpells: RowWriter

  /// - Throws: what SQLite refuses.
  init(_ db: Database, day: Int32, earlierDays: [Int32], names: Names) throws {
    newExceptions = try RowWriter(
      db,
      """
      INSERT INTO exception (rule, table_name, record, occasion, ordinal, person, first_day)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """)
    newSpells = try RowWriter(
      db, "INSERT INTO spell VALUES (?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    endOfSpells = try RowWriter(
      db, "UPDATE spell SET until_day = ? WHERE exception = ? AND from_day = ?")
    self.db = db
    self.day = day
    self.earlierDays = earlierDays
    self.names = names
    tallies = RunTallies(day: day)
    lastShown = try LastShown(db, before: day, on: day)
    untrustedDays = try Int32.fetchSet(db, sql: "SELECT day FROM run WHERE trusted = 0")
  }

  /// How many runs there are from a day on, without this one.
  func runs(since day: Int32) -> Int {
    var low = 0
    var high = earlierDays.count
    while low < high {
      let middle = (low + high) / 2
      if earlierDays[middle] < day { low = middle + 1 } else { high = middle }
    }
    return earlierDays.count - low
  }

  /// Records what the run saw, and settles what it did not see.
  ///
  /// - Parameters:
  ///   - seen: the exceptions of the run, each with its key and its person.
  ///   - kept: what a run of the same day opened and this one, which replaces it, could not judge.
  ///   - settle: the state of each open exception that the run does not list, with whether it goes
  ///     on under another number, and what is known of those seen.
  /// - Returns: what is known of each exception seen, in their order.
  /// - Throws: what SQLite refuses.
  mutating func record(
    _ seen: [Seen], keeping kept: [Seen],
    settle: ([Spell], _ goOn: [Bool], [History]) throws -> [Settled]
  ) throws -> [History] {
    let open = try openSpells()
    let places = SpellPlaces(open)
    // Where all exceptions are open, as before a first run, none can be opened again.
    let mayComeBack = try Int.fetchOne(db, sql: "SELECT count(*) FROM exception") != open.count

    var isSeen = [Bool](repeating: false, count: open.count)
    var histories: [History] = []
    histories.reserveCapacity(seen.count)
    let others = OtherNumbers(seen, of: open)
    let renumbered = renumbered(seen, open, places)
    for (number, item) in seen.enumerated() {
      let place = places[item.key]
      if let place { isSeen[place] = true }
      if let earlier = renumbered.earlier[number] {
        histories.append(
          try goOn(
            open[earlier], under: item, instead: place.map { open[$0] }, others,
            mayComeBack: mayComeBack))
      } else if let place, renumbered.hasMoved(place) {
        histories.append(try begin(item, instead: open[place]))
      } else if let place {
        histories.append(try goOn(open[place], item.person, item.sighting, others))
      } else {
        histories.append(try begin(item, mayComeBack: mayComeBack))
      }
    }
    for place in open.indices where !isSeen[place] && renumbered.hasMoved(place) {
      isSeen[place] = true
      try endUnderOldNumber(open[place])
    }
    // In the order of their keys, which does not depend on which run was recorded first.
    var missing = open.indices.filter { !isSeen[$0] }.map { open[$0] }
      .sorted { $0.key < $1.key }.ranked(besides: seen.lazy.map(\.key))
    for place in missing.indices {
      missing[place].badNightsFrom = try badNights(of: missing[place])
    }
    if !missing.isEmpty {
      let goOn = missing.map { others.has($0) }
      var states = Array(zip(missing, try settle(missing, goOn, histories)))
      for (place, (spell, settled)) in states.enumerated()
      where settled.state.end?.isPutRight ?? false {
        if goOn[place] || spell.badNightsFrom != nil { states[place].1.state = .lapsed }
      }
      var away = AwayExceptions(db: db)
      let again = try EnteredAgain(seen, histories, besides: states, away: &away) {
        try $0.firstUnlisted(db, by: day)
      }
      for (spell, settled) in states {
        var settled = settled
        if again.has(spell) { settled.state = .lapsed }
        try leave(spell, settled)
      }
    }
    // What the run does not list is no news to those who read its lists.
    let (openedByLists, reopenedByLists) = (opened, reopened)
    defer { (opened, reopened) = (openedByLists, reopenedByLists) }
    for item in kept where places[item.key] == nil {
      let history = try begin(item, mayComeBack: mayComeBack)
      unsettled.append(
        Spell(
          exception: 0, key: item.key, rank: item.key.ordinal, person: item.person,
          firstDay: history.firstDay,
          fromDay: day, sighting: item.sighting, openedDay: day, runsBefore: 0, reopened: 0))
    }
    return histories
  }

  /// Whether only untrusted runs have listed an exception.
  ///
  /// It may then have come from what those runs could not read, and nobody has put anything right.
  private func isOfBadNights(_ spell: Spell) throws -> Bool {
    // Most exceptions were opened by a trusted run, and need no query.
    guard untrustedDays.contains(spell.openedDay) else { return false }
    let isShown = try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM spell s JOIN run r ON r.day >= s.from_day AND r.day < coalesce(s.until_day, ?3)
          WHERE s.exception = ?1 AND s.opened_day = ?2 AND s.\(SpellState.seen) AND r.trusted = 1)
        """, arguments: [spell.exception, spell.openedDay, day])
    return !(isShown ?? true)
  }

  /// The first of the untrusted runs in a row in which an exception was opened that no trusted run
  /// has listed; nil for any other.
  private func badNights(of spell: Spell) throws -> Int32? {
    guard try isOfBadNights(spell) else { return nil }
    var first = spell.openedDay
    for earlier in earlierDays.reversed() where earlier < first {
      guard untrustedDays.contains(earlier) else { break }
      first = earlier
    }
    return first
  }

  /// Notes that a child has another number now, by which the exception has to be found from now on.
  func rename(_ spell: Spell, to person: String) throws {
    guard person != spell.person, !person.isEmpty else { return }
    let before = try db.cachedStatement(sql: "INSERT OR IGNORE INTO renamed VALUES (?, ?, ?)")
    try before.execute(arguments: [spell.exception, day, spell.person])
    let statement = try db.cachedStatement(sql: "UPDATE exception SET person = ? WHERE id = ?")
    try statement.execute(arguments: [person, spell.exception])
  }

  /// Records that an open exception is seen again.
  private mutating func goOn(
    _ spell: Spell, _ person: String, _ sighting: Sighting, _ others: OtherNumbers
  ) throws -> History {
    try rename(spell, to: person)
    let rule = try names.number(spell.key.rule, db)
    countMove(of: spell, to: sighting, rule)
    let runsBefore = spell.runsBefore + runs(since: spell.fromDay)
    if sighting != spell.sighting {
      try end(spell.exception, spell.fromDay)
      try insert(
        spell.exception, sighting, opened: spell.openedDay, runsBefore: runsBefore,
        reopened: spell.reopened)
    }
    let change = try change(of: spell, to: sighting, others)
    count(change, of: spell, as: sighting, rule)
    return History(
      exception: spell.exception, firstDay: spell.firstSeenDay, openedDay: spell.openedDay,
      runsOpen: runsBefore + 1, change: change)
  }

  /// Counts that an open exception comes from another team.
  mutating func countMove(of spell: Spell, to sighting: Sighting, _ rule: Int64) {
    if sighting.team == spell.sighting.team { return }
    tallies.change(rule, spell.sighting.team) { $0.movedOut += 1 }
    tallies.change(rule, sighting.team) { $0.movedIn += 1 }
    // The old team misses it on its list, also where the new one has it agreed to.
    if spell.sighting.state != .waived || sighting.state != .waived {
      moved += 1
      tallies.move(
        from: spell.sighting.team, to: sighting.team, isListed: sighting.state != .waived)
    }
  }

  /// Counts a change of what was open before.
  mutating func count(
    _ change: ExceptionChange, of spell: Spell, as sighting: Sighting, _ rule: Int64
  ) {
    tallies.open(
      sighting.state, rule: rule, team: sighting.team, since: spell.openedDay,
      isToldLate: sighting.status == .late && change == .same)
    if change == .new { opened += 1 }
    if change == .reopened { reopened += 1 }
    // If a waived exception gets worse, nobody has to act on it.
    if change == .worse, sighting.state == .listed {
      tallies.change(rule, sighting.team) { $0.worse += 1 }
    }
  }

  /// Records an exception that was not open before: a new one, or one that is back.
  private mutating func begin(_ item: Seen, mayComeBack: Bool) throws -> History {
    let (key, person, sighting) = item
    let rule = try names.number(key.rule, db)
    let table = try names.number(key.table, db)
    if mayComeBack, let spell = try lastSpell(of: key, rule: rule, table: table) {
      // The number of a visit or review may have been another one's.
      let isBack =
        key.occasion == 0 || RenumberedDuties.Duty(item).isSame(as: .init(spell))
      if !isBack { return try begin(item, instead: spell) }
      tallies.open(sighting.state, rule: rule, team: sighting.team, since: day)
      reopened += 1
      try rename(spell, to: person)
      tallies.change(rule, sighting.team) { $0.reopened += 1 }
      try end(spell.exception, spell.fromDay)
      try insert(
        spell.exception, sighting, opened: day, runsBefore: spell.runsBefore,
        reopened: spell.reopened + 1)
      return History(
        exception: spell.exception, firstDay: spell.firstDay, openedDay: day,
        runsOpen: spell.runsBefore + 1, change: .reopened)
    }
    tallies.open(sighting.state, rule: rule, team: sighting.team, since: day)
    opened += 1
    tallies.change(rule, sighting.team) { $0.opened += 1 }
    let exception = try add(key, person, rule: rule, table: table, firstDay: day)
    try insert(exception, sighting, opened: day, runsBefore: 0, reopened: 0)
    return History(
      exception: exception, firstDay: day, openedDay: day, runsOpen: 1, change: .new)
  }

  /// Adds an exception that the ledger does not know, and returns its number.
  mutating func add(
    _ key: ExceptionKey, _ person: String, rule: Int64, table: Int64, firstDay: Int32
  ) throws -> Int64 {
    newExceptions.take(rule)
    newExceptions.take(table)
    newExceptions.take(key.record)
    newExceptions.take(key.occasion)
    newExceptions.take(key.ordinal)
    newExceptions.take(person)
    newExceptions.take(firstDay)
    try newExceptions.write()
    return db.lastInsertedRowID
  }

  /// Settles an open exception that the run does not list.
  private mutating func leave(_ spell: Spell, _ settled: Settled) throws {
    let state = settled.state
    if settled.otherName != nil, settled.state.isOpen {
      renumbered[spell.key.table, default: []].insert(spell.key.record)
    }
    if state == .referredTo {
      referredTo[spell.key.table, default: []].insert(spell.key.record)
    }
    let rule = try names.number(spell.key.rule, db)
    let team = spell.sighting.team
    var left = spell
    left.sighting.state = state
    // Also of what has ended: by its child it is known again among others of its key.
    if let person = settled.person {
      try rename(spell, to: person)
      left.person = person
    }
    if state.isOpen {
      tallies.open(
        state, rule: rule, team: team, since: spell.openedDay,
        isToldLate: spell.sighting.status == .late)
      unsettled.append(left)
    } else {
      tallies.end(state, rule: rule, team: team, days: Int(day - spell.openedDay))
      ended.append(left)
    }
    guard state != spell.sighting.state || state == .inDoubtAnew else { return }
    try end(spell.exception, spell.fromDay)
    try insert(
      spell.exception, left.sighting, opened: spell.openedDay,
      runsBefore: spell.runsBefore + runs(since: spell.fromDay), reopened: spell.reopened)
  }

  mutating func end(_ exception: Int64, _ fromDay: Int32) throws {
    endOfSpells.take(day)
    endOfSpells.take(exception)
    endOfSpells.take(fromDay)
    try endOfSpells.write()
  }

  mutating func insert(
    _ exception: Int64, _ sighting: Sighting, opened: Int32, runsBefore: Int, reopened: Int
  ) throws {
    newSpells.take(exception)
    newSpells.take(day)
    newSpells.take(sighting.state.rawValue)
    newSpells.take(sighting.team)
    newSpells.take(sighting.worker)
    newSpells.take(sighting.status.ledgerNumber)
    newSpells.take(sighting.list.ledgerNumber)
    newSpells.take(sighting.due)
    newSpells.take(sighting.done)
    newSpells.take(sighting.decided)
    newSpells.take(sighting.digest)
    newSpells.take(opened)
    newSpells.take(runsBefore)
    newSpells.take(reopened)
    try newSpells.write()
  }
}
