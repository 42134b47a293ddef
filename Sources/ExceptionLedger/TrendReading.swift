import Exceptions
import GRDB
import WorkingTime

/// Reads the figures of the last runs up to a day.
struct TrendReading {
  /// Half a year of weekly runs.
  private static let mostRuns = 26

  let db: Database
  let day: Int32
  let names: Names

  func trend() throws -> LedgerTrend {
    var trend = LedgerTrend()
    let days = try Int32.fetchAll(
      db, sql: "SELECT day FROM run WHERE day <= ? ORDER BY day DESC LIMIT ?",
      arguments: [day, Self.mostRuns]
    ).reversed()
    guard let first = days.first else { return trend }
    var places: [Int32: Int] = [:]
    for (place, day) in days.enumerated() {
      places[day] = place
      trend.points.append(
        LedgerTrend.Point(
          day: CalendarDate(dayNumber: day), open: 0, opened: 0, resolved: 0, lapsed: 0))
    }
    let all = try Row.fetchCursor(
      db,
      sql: """
        SELECT day, listed + unsettled, waived, opened + reopened, resolved, lapsed FROM tally
        WHERE day BETWEEN ? AND ? AND rule = 0 AND team = 0
        """, arguments: [first, day])
    while let row = try all.next() {
      guard let place = places[try row.value(0)] else { continue }
      trend.points[place].open = try row.value(1)
      trend.points[place].waived = try row.value(2)
      trend.points[place].opened = try row.value(3)
      trend.points[place].resolved = try row.value(4)
      trend.points[place].lapsed = try row.value(5)
    }
    let none = [Int?](repeating: nil, count: trend.points.count)
    let teams = try Row.fetchCursor(
      db,
      sql: """
        SELECT day, team, listed + unsettled FROM standing WHERE day BETWEEN ? AND ?
        """, arguments: [first, day])
    while let row = try teams.next() {
      guard let place = places[try row.value(0)] else { continue }
      let open: Int = try row.value(2)
      let team = TeamName(shown: try names[row.value(1)])
      trend.teams[team, default: none][place] = open
    }
    try readRules(first, places, into: &trend)
    return trend
  }

  private func readRules(_ first: Int32, _ places: [Int32: Int], into trend: inout LedgerTrend)
    throws
  {
    let none = [VerdictCounts?](repeating: nil, count: trend.points.count)
    let rules = try Row.fetchCursor(
      db,
      sql: """
        SELECT day, rule, met, failed, late, overdue, due_soon, pending, cannot_judge FROM measure
        WHERE day BETWEEN ? AND ? AND team = 0
        """, arguments: [first, day])
    while let row = try rules.next() {
      guard let place = places[try row.value(0)] else { continue }
      var counts = VerdictCounts()
      counts.met = try row.value(2)
      counts.failed = try row.value(3)
      counts.late = try row.value(4)
      counts.overdue = try row.value(5)
      counts.dueSoon = try row.value(6)
      counts.pending = try row.value(7)
      counts.cannotJudge = try row.value(8)
      trend.rules[try names[row.value(1)], default: none][place] = counts
    }
  }
}
