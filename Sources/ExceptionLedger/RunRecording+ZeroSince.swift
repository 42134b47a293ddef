import Exceptions
import GRDB
import WorkingTime

/// Since when teams have been at zero.
extension RunRecording {
  /// The first of the unbroken runs up to this one in which a team had nothing open.
  ///
  /// An untrusted run that found nothing breaks the sequence, as it has shown nothing.
  func zeroSince(_ team: Int64) throws -> CalendarDate? {
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

  /// Begins the time at zero after the last run that did not ask what this one asks.
  ///
  /// What that run would have found is not known, though it listed nothing.
  func beginWhereAsked(_ teams: inout [TeamStanding]) throws {
    guard let first = teams.compactMap(\.zeroSince).min(),
      let last = try lastUnasked(since: first.dayNumber)
    else { return }
    let next = CalendarDate(dayNumber: earlierDays.first { $0 > last } ?? day)
    for place in teams.indices {
      guard let since = teams[place].zeroSince else { continue }
      teams[place].zeroSince = max(since, next)
    }
  }

  /// Marks the teams whose time at zero begins with a run that had other rules, packs or parameters
  /// than the run before it.
  ///
  /// That is worked out anew each night: what a rule that was made narrower no longer asks stays
  /// unasked on the nights after.
  func markOtherRules(_ teams: inout [TeamStanding]) throws {
    var begunWithOthers: [CalendarDate: Bool] = [:]
    for place in teams.indices {
      guard let since = teams[place].zeroSince else { continue }
      let isSo = try begunWithOthers[since] ?? hadOtherRules(before: since.dayNumber)
      begunWithOthers[since] = isSo
      teams[place].isZeroSinceOtherRules = isSo
    }
  }

  /// Whether a run had other rules, packs or parameters than one before it, back to the last that
  /// could be trusted: what a change of rules puts right waits for such a run.
  private func hadOtherRules(before run: Int32) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM run a JOIN run b ON NOT (
            b.digest = a.digest AND b.packs = a.packs AND b.parameters = a.parameters)
          WHERE a.day = ?1 AND b.day < ?1 AND b.day >= coalesce((
            SELECT max(day) FROM run WHERE day < ?1 AND trusted = 1), -1000000))
        """, arguments: [run]) ?? false
  }

  /// The last run since a day in which a rule that this one asks was not evaluated, or was out of
  /// force between runs that had it; nil for none.
  ///
  /// A rule that is new since is not held against the runs before it, and what this run cannot ask
  /// either is told by itself.
  private func lastUnasked(since first: Int32) throws -> Int32? {
    let listing = Set(report.rules.filter { $0.list != .none }.compactMap { names.known($0.name) })
    var missing: [AskedRules: Set<Int64>] = [:]
    var firstRuns: [Int64: Int32] = [:]
    for (run, asked) in try askedRules(since: first) where run != day {
      let unasked = try missing[asked] ?? rulesUnasked(on: run).intersection(listing)
      missing[asked] = unasked
      for rule in unasked where firstRuns[rule] == nil {
        firstRuns[rule] = try firstRun(asking: rule)
      }
      for asking in Set(unasked.map { firstRuns[$0] ?? day }) {
        if asking < run { return run }
        if try hadSameRules(run, asking) { return run }
      }
    }
    return nil
  }

  /// What tells the rules that one run evaluated from those of another.
  ///
  /// There may be a year of runs with a thousand rules each to look through, and mostly all have
  /// evaluated the same.
  private struct AskedRules: Hashable {
    let count: Int
    let sum: Int
    let sumOfSquares: Int
  }

  /// What the runs since a day, this one included, have evaluated, the last first.
  private func askedRules(since first: Int32) throws -> [(run: Int32, asked: AskedRules)] {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT r.day, count(a.rule), coalesce(sum(a.rule), 0), coalesce(sum(a.rule * a.rule), 0)
        FROM run r LEFT JOIN rule_run a ON a.day = r.day
        WHERE r.day >= ? AND r.day <= ? GROUP BY r.day ORDER BY r.day DESC
        """, arguments: [first, day])
    var found: [(run: Int32, asked: AskedRules)] = []
    while let row = try rows.next() {
      let asked = AskedRules(
        count: try row.value(1), sum: try row.value(2), sumOfSquares: try row.value(3))
      found.append((try row.day(0), asked))
    }
    return found
  }

  /// The rules that this run evaluated, on tables that were whole, and an earlier one did not.
  private func rulesUnasked(on run: Int32) throws -> Set<Int64> {
    try Int64.fetchSet(
      db,
      sql: "SELECT rule FROM rule_run WHERE day = ? EXCEPT SELECT rule FROM rule_run WHERE day = ?",
      arguments: [day, run])
  }

  /// The first run up to this one that evaluated a rule; nil for none.
  private func firstRun(asking rule: Int64) throws -> Int32? {
    try Int32.fetchOne(
      db,
      sql: """
        SELECT r.day FROM run r JOIN rule_run a ON a.day = r.day AND a.rule = ?
        WHERE r.day <= ? ORDER BY r.day LIMIT 1
        """, arguments: [rule, day])
  }

  /// Whether two runs had the same rules, packs and parameters.
  private func hadSameRules(_ a: Int32, _ b: Int32) throws -> Bool {
    try Bool.fetchOne(
      db,
      sql: """
        SELECT EXISTS (
          SELECT 1 FROM run a JOIN run b
            ON b.digest = a.digest AND b.packs = a.packs AND b.parameters = a.parameters
          WHERE a.day = ? AND b.day = ?)
        """, arguments: [a, b]) ?? false
  }
}
