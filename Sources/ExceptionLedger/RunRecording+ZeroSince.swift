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

  /// The last run since a day in which a rule that this one asks was not evaluated, or was out of
  /// force between runs that had it; nil for none.
  ///
  /// A rule that is new since is not held against the runs before it, and what this run cannot ask
  /// either is told by itself.
  private func lastUnasked(since first: Int32) throws -> Int32? {
    let listing = Set(report.rules.filter { $0.list != .none }.compactMap { names.known($0.name) })
    let asked = try rulesAsked(on: day).intersection(listing)
    // Mostly every run has asked all of them, and this is never needed.
    var firstRuns: [Int64: Int32]?
    for run in earlierDays.reversed() {
      if run < first { break }
      let missing = asked.subtracting(try rulesAsked(on: run))
      if missing.isEmpty { continue }
      let known = try firstRuns ?? firstRunsAsking()
      firstRuns = known
      for asking in Set(missing.map { known[$0] ?? day }) {
        if asking < run { return run }
        if try hadSameRules(run, asking) { return run }
      }
    }
    return nil
  }

  /// The rules that a run evaluated, on tables that were whole.
  private func rulesAsked(on run: Int32) throws -> Set<Int64> {
    try Int64.fetchSet(db, sql: "SELECT rule FROM rule_run WHERE day = ?", arguments: [run])
  }

  /// The first run up to this one that evaluated each rule.
  private func firstRunsAsking() throws -> [Int64: Int32] {
    var first: [Int64: Int32] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT rule, min(day) FROM rule_run WHERE day <= ? GROUP BY rule", arguments: [day])
    while let row = try rows.next() { first[try row.value(0)] = try row.day(1) }
    return first
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
