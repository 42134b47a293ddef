import Exceptions
import GRDB
import WorkingTime

/// What the ledger tells the readers of the lists.
extension RunRecording {
  func news(of recorder: RunRecorder, teams: [Int64]) throws -> LedgerNews {
    var news = LedgerNews()
    news.previous = earlierDays.last.map { CalendarDate(dayNumber: $0) }
    news.last = laterDays.last.map { CalendarDate(dayNumber: $0) }
    news.ended = try recorder.ended.map { try $0.entry(names) }.sorted { $0.key < $1.key }
    news.unsettled = try recorder.unsettled.map { try $0.entry(names) }.sorted { $0.key < $1.key }
    news.opened = recorder.opened
    news.reopened = recorder.reopened
    news.moved = recorder.moved
    news.trend = try TrendReading(db: db, day: day, names: names).trend()
    let found = recorder.tallies.byTeam
    let week = try week()
    for team in Set(teams).union(found.keys) {
      let counts = found[team] ?? RunTallies.Counts()
      var standing =
        TeamStanding(
          team: TeamName(shown: try names[team]), listed: counts.listed, waived: counts.waived,
          unsettled: counts.unsettled, zeroSince: nil,
          oldest: recorder.tallies.oldest[team].map { CalendarDate(dayNumber: $0) })
      if standing.isAtZero, !report.isUntrusted { standing.zeroSince = try zeroSince(team) }
      standing.movedIn = recorder.tallies.arrivals[team] ?? 0
      standing.movedOut = recorder.tallies.departures[team] ?? 0
      standing.week = week.map { $0[team] ?? TeamStanding.WeekCounts() }
      news.teams.append(standing)
    }
    try beginWhereAsked(&news.teams)
    try markOtherRules(&news.teams)
    news.teams.sort { byteOrder($0.team.shown, $1.team.shown) < 0 }
    return news
  }

  /// The teams of the run; where not every input could be trusted, also those of the run before.
  ///
  /// A team of that run may be missing only because its rows were not read.
  func teamsKnown() throws -> [TeamName] {
    guard report.isUntrusted, let last = earlierDays.last else { return report.teams }
    let before = try Int64.fetchAll(
      db, sql: "SELECT team FROM standing WHERE day = ?", arguments: [last])
    return try Set(report.teams).union(before.map { TeamName(shown: try names[$0]) }).sorted {
      byteOrder($0.shown, $1.shown) < 0
    }
  }

  /// When the rules of this run were asked before; nil where it cannot be compared with any run.
  func lastAsked() throws -> LastAsked? {
    guard !report.isUntrusted, let last = try lastTrustedDay() else { return nil }
    return try LastAsked(db, report, names: names, last: last)
  }

  /// Teams of which the rules of this run judged much when they were last asked, and nothing at all
  /// now.
  ///
  /// A team without an open exception would otherwise leave the lists unnoticed, with all that its
  /// children have since been owed.
  func teamsVanished(since asked: LastAsked) throws -> [TeamName] {
    var judged: [Int64: Int] = [:]
    for (before, rules) in asked.rules {
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT team, sum(met + failed + late + overdue + due_soon + pending + cannot_judge)
          FROM measure WHERE day = ? AND team <> \(Names.all)
            AND rule IN (\(rules.map(String.init).joined(separator: ", "))) GROUP BY team
          """, arguments: [before])
      while let row = try rows.next() { judged[try row.value(0), default: 0] += try row.value(1) }
    }
    let now = try Int64.fetchSet(
      db, sql: "SELECT team FROM measure WHERE day = ?", arguments: [day])
    return try judged.filter { $0.value >= JudgedMuch.few && !now.contains($0.key) }
      .map { TeamName(shown: try names[$0.key]) }.filter { $0 != .none }
      .sorted { byteOrder($0.shown, $1.shown) < 0 }
  }

  /// The tables in which the last trusted run that had them read many records of a team, and this
  /// one none, by team; nothing is said of teams that are `told` otherwise.
  ///
  /// What is owed to those children from now on would be listed nowhere.
  private func tablesLeft(
    besides told: Set<TeamName>, since asked: LastAsked
  ) throws -> [TeamName: [String]] {
    let tables = report.tables.filter { $0.isPresent && $0.isWhole }.map(\.name)
    var left: [TeamName: [String]] = [:]
    for table in tables.inByteOrder() {
      guard let rule = names.known(ConstraintEnding.row.name(of: table)),
        let last = asked.day(of: rule)
      else { continue }
      let found = try Int64.fetchAll(
        db,
        sql: """
          SELECT team FROM measure
          WHERE day = ?2 AND rule = ?4 AND team <> \(Names.all) AND met >= ?3
          EXCEPT SELECT team FROM measure WHERE day = ?1 AND rule = ?4
          """, arguments: [day, last, JudgedMuch.few, rule])
      for team in try found.map({ TeamName(shown: try names[$0]) })
      where team != .none && !told.contains(team) {
        left[team, default: []].append(table)
      }
    }
    return left
  }

  /// What is said of teams that have left tables, besides what has gone with open exceptions.
  ///
  /// Nothing is said of teams that are `told` otherwise, or need not be.
  func teamsLeaving(
    _ gone: [GoneTogether: Int], _ told: Set<TeamName>, since asked: LastAsked
  ) throws -> [String] {
    var lost: [TeamName: Set<String>] = [:]
    for case .team(let team, let tables) in gone.keys {
      lost[TeamName(shown: try names[team])] = Set(tables)
    }
    return try tablesLeft(besides: told, since: asked)
      .sorted { byteOrder($0.key.shown, $1.key.shown) < 0 }
      .compactMap { team, tables in
        let left = tables.filter { lost[team]?.contains($0) != true }
        return left.isEmpty ? nil : Self.words(ofTeam: team, leaving: left)
      }
  }

  /// What the runs of the last seven days brought, by team.
  ///
  /// Nil where this is the only run of the week, or where none before the week is there to compare
  /// with.
  private func week() throws -> [Int64: TeamStanding.WeekCounts]? {
    let start = day - 7
    guard let first = earlierDays.first, first <= start, let last = earlierDays.last, last > start
    else { return nil }
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT team, sum(opened), sum(worse), sum(reopened), sum(resolved), sum(lapsed),
          sum(moved_in), sum(moved_out) FROM tally
        WHERE day > ? AND day <= ? AND rule = \(Names.all) AND team <> \(Names.all) GROUP BY team
        """, arguments: [start, day])
    var counts: [Int64: TeamStanding.WeekCounts] = [:]
    while let row = try rows.next() {
      var found = TeamStanding.WeekCounts(
        opened: try row.value(1), worse: try row.value(2), reopened: try row.value(3),
        resolved: try row.value(4))
      found.lapsed = try row.value(5)
      found.movedIn = try row.value(6)
      found.movedOut = try row.value(7)
      counts[try row.value(0)] = found
    }
    return counts
  }
}
