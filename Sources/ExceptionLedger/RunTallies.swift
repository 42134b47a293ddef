internal import Exceptions
internal import GRDB

/// What one run changed and left open, counted by rule and team.
struct RunTallies {
  struct Place: Hashable {
    var rule: Int64
    var team: Int64
  }

  struct Counts {
    var opened = 0
    var reopened = 0
    var resolved = 0
    var lapsed = 0
    var movedIn = 0
    var movedOut = 0
    var listed = 0
    var waived = 0
    var unsettled = 0
  }

  struct Mended: Hashable {
    var place: Place
    var days: Int
  }

  private(set) var counts: [Place: Counts] = [:]
  private(set) var mended: [Mended: Int] = [:]
  /// The day since which the oldest open exception of a team has been open.
  private(set) var oldest: [Int64: Int32] = [:]

  /// Counts an exception that is open after the run.
  mutating func open(_ state: SpellState, rule: Int64, team: Int64, since: Int32) {
    change(rule, team) { counts in
      switch state {
      case .listed: counts.listed += 1
      case .waived: counts.waived += 1
      default: counts.unsettled += 1
      }
    }
    if state != .waived { oldest[team] = min(oldest[team] ?? since, since) }
  }

  /// Counts one that has come to an end, so many days after it was opened.
  mutating func end(_ state: SpellState, rule: Int64, team: Int64, days: Int) {
    if state == .lapsed {
      change(rule, team) { $0.lapsed += 1 }
    } else {
      change(rule, team) { $0.resolved += 1 }
      mended[Mended(place: Place(rule: rule, team: team), days: days), default: 0] += 1
    }
  }

  mutating func change(_ rule: Int64, _ team: Int64, _ body: (inout Counts) -> Void) {
    body(&counts[Place(rule: rule, team: team), default: Counts()])
  }

  /// The counts of each team over all rules.
  var byTeam: [Int64: Counts] {
    var teams: [Int64: Counts] = [:]
    for (place, found) in counts {
      teams[place.team, default: Counts()].listed += found.listed
      teams[place.team, default: Counts()].waived += found.waived
      teams[place.team, default: Counts()].unsettled += found.unsettled
    }
    return teams
  }

  /// Writes them; `teams` are all teams of the run, also those with nothing open.
  func write(day: Int32, teams: [Int64], _ db: Database) throws {
    let tally = try db.cachedStatement(
      sql: "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for (place, found) in counts {
      try tally.execute(arguments: [
        day, place.rule, place.team, found.opened, found.reopened, found.resolved, found.lapsed,
        found.movedIn, found.movedOut, found.listed, found.waived, found.unsettled,
      ])
    }
    let days = try db.cachedStatement(sql: "INSERT INTO mended VALUES (?, ?, ?, ?, ?)")
    for (what, count) in mended {
      try days.execute(arguments: [day, what.place.rule, what.place.team, what.days, count])
    }
    let standing = try db.cachedStatement(sql: "INSERT INTO standing VALUES (?, ?, ?, ?, ?)")
    let found = byTeam
    for team in Set(teams).union(found.keys) {
      let counts = found[team] ?? Counts()
      try standing.execute(arguments: [day, team, counts.listed, counts.waived, counts.unsettled])
    }
  }
}
