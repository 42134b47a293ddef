import Exceptions
import GRDB

/// The runs after one that is filled in, as the ledger knew them, to be recorded again after it.
struct Replay {
  private let db: Database

  /// Keeps what later runs saw before it is removed from the ledger.
  init(_ db: Database, after day: Int32) throws {
    self.db = db
    try Self.drop(db)
    try db.execute(
      sql: """
        CREATE TEMP TABLE replay_renamed (exception, day, before, PRIMARY KEY (exception, day)) WITHOUT ROWID;
        INSERT INTO replay_renamed SELECT exception, day, before FROM renamed WHERE day > \(day);
        CREATE TEMP TABLE replay AS
        SELECT e.id, e.rule, e.table_name, e.record, e.occasion, e.ordinal, e.person, s.from_day,
          s.until_day, s.state, s.team, s.worker, s.status, s.list, s.due_day, s.done_day,
          s.decided_day, s.digest, s.opened_day
        FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.until_day IS NULL OR s.until_day > \(day)
        """)
  }

  private static func drop(_ db: Database) throws {
    for table in ["replay", "replay_renamed"] {
      try db.execute(sql: "DROP TABLE IF EXISTS temp.\(table)")
    }
  }

  /// Records the runs of these days again, in order, after the runs of earlier days.
  func run(_ days: [Int32], behind earlierDays: [Int32], names: inout Names) throws {
    var earlier = earlierDays
    for day in days {
      let (seen, kept, persons) = try listed(on: day, names)
      let unseen = try settled(on: day, names)
      let horizons = try horizons(on: day)
      var recorder = try RunRecorder(db, day: day, earlierDays: earlier, names: names)
      _ = try recorder.record(seen, keeping: kept) { missing, _, _ in
        let states = missing.map { spell -> SpellState in
          let horizon = names.known(spell.key.rule).flatMap { horizons[$0] }
          switch unseen[spell.key] {
          case .leftOut:
            // Whether it had lapsed depends on what was last seen of it, and that may be from
            // another run now.
            return spell.hasLapsed(before: horizon ?? nil) ? .lapsed : .leftOut
          case let known?: return known
          // Only the run that was filled in has seen it. This run never asked whether it was in
          // order, so the next run has to tell.
          case nil: return .notEvaluated
          }
        }
        return zip(missing, states).map { Settled(state: $1, person: persons[$0.key]) }
      }
      names = recorder.names
      let teams = try Int64.fetchAll(
        db, sql: "SELECT DISTINCT team FROM measure WHERE day = ? AND team <> 0", arguments: [day])
      try recorder.tallies.write(day: day, teams: teams, db)
      earlier.append(day)
    }
    try Self.drop(db)
  }

  /// What a run listed, what it began to keep open without listing it, and the new numbers of
  /// children whose exceptions it kept open.
  private func listed(
    on day: Int32, _ names: Names
  ) throws -> (
    seen: [RunRecorder.Seen], kept: [RunRecorder.Seen], persons: [ExceptionKey: String]
  ) {
    var seen: [RunRecorder.Seen] = []
    var kept: [RunRecorder.Seen] = []
    var persons: [ExceptionKey: String] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT rule, table_name, record, occasion, ordinal,
          coalesce((
            SELECT before FROM temp.replay_renamed n WHERE n.exception = r.id AND n.day > ?1
            ORDER BY n.day LIMIT 1), person),
          state, team, worker, status, list, due_day, done_day, decided_day, digest, opened_day,
          EXISTS (SELECT 1 FROM temp.replay_renamed n WHERE n.exception = r.id AND n.day = ?1)
        FROM temp.replay r WHERE from_day <= ?1 AND (until_day IS NULL OR until_day > ?1)
        ORDER BY record, rule, table_name, occasion, ordinal
        """, arguments: [day])
    while let row = try rows.next() {
      let key = try ExceptionKey(row, from: 0, names)
      let sighting = try Sighting(row, from: 6)
      guard sighting.state.isOpen else { continue }
      if !sighting.state.isUnsettled {
        seen.append((key, try row.value(5), sighting))
      } else if try row.day(15) == day {
        kept.append((key, try row.value(5), sighting))
      } else if try row.value(16) as Bool {
        persons[key] = try row.value(5)
      }
    }
    return (seen, kept, persons)
  }

  /// The day that each rule that could settle something looked back to, nil for any, by its number.
  private func horizons(on day: Int32) throws -> [Int64: Int32?] {
    var horizons: [Int64: Int32?] = [:]
    let rules = try Row.fetchCursor(
      db, sql: "SELECT rule, horizon FROM rule_run WHERE day = ?", arguments: [day])
    while let row = try rules.next() { horizons[try row.value(0)] = .some(try row.dayIfAny(1)) }
    return horizons
  }

  /// How a run settled the exceptions that it did not list, when it was recorded.
  private func settled(on day: Int32, _ names: Names) throws -> [ExceptionKey: SpellState] {
    var states: [ExceptionKey: SpellState] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: "SELECT rule, table_name, record, occasion, ordinal, state FROM settled WHERE day = ?",
      arguments: [day])
    while let row = try rows.next() {
      states[try ExceptionKey(row, from: 0, names)] = try SpellState(ledgerNumber: row.value(5))
    }
    return states
  }
}
