import Exceptions
import GRDB

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
    var worse = 0
    var listed = 0
    var waived = 0
    var unsettled = 0
    /// The day since which the oldest open exception has been open.
    var oldest: Int32?
    var over90 = 0

    static func += (a: inout Counts, b: Counts) {
      a.opened += b.opened
      a.reopened += b.reopened
      a.resolved += b.resolved
      a.lapsed += b.lapsed
      a.movedIn += b.movedIn
      a.movedOut += b.movedOut
      a.worse += b.worse
      a.listed += b.listed
      a.waived += b.waived
      a.unsettled += b.unsettled
      a.over90 += b.over90
      if let oldest = b.oldest { a.oldest = min(a.oldest ?? oldest, oldest) }
    }
  }

  struct Mended: Hashable {
    var place: Place
    var days: Int
  }

  private let day: Int32
  private(set) var counts: [Place: Counts] = [:]
  private(set) var mended: [Mended: Int] = [:]
  /// For each team, the day since which its oldest exception that somebody has to look at has been
  /// open: neither waived, nor done late and listed as that before.
  private(set) var oldest: [Int64: Int32] = [:]

  /// How many exceptions each team got on its lists from another, and how many it gave away.
  private(set) var arrivals: [Int64: Int] = [:]
  private(set) var departures: [Int64: Int] = [:]

  init(day: Int32) { self.day = day }

  /// Counts an exception that moved from one team to another, on whose lists it is unless that team
  /// has it agreed to.
  mutating func move(from old: Int64, to new: Int64, isListed: Bool) {
    departures[old, default: 0] += 1
    if isListed { arrivals[new, default: 0] += 1 }
  }

  /// Counts an exception that is open after the run; `isToldLate` for what was done late, or never,
  /// and listed as that before.
  mutating func open(
    _ state: SpellState, rule: Int64, team: Int64, since: Int32, isToldLate: Bool = false
  ) {
    let day = day
    change(rule, team) { counts in
      counts.oldest = min(counts.oldest ?? since, since)
      if day - since > 90 { counts.over90 += 1 }
      switch state {
      case .listed: counts.listed += 1
      case .waived: counts.waived += 1
      default: counts.unsettled += 1
      }
    }
    if state != .waived, !isToldLate { oldest[team] = min(oldest[team] ?? since, since) }
  }

  /// Counts an exception that ended this many days after it was opened.
  mutating func end(_ state: SpellState, rule: Int64, team: Int64, days: Int) {
    if state.end?.isPutRight ?? false {
      change(rule, team) { $0.resolved += 1 }
      mended[Mended(place: Place(rule: rule, team: team), days: days), default: 0] += 1
    } else {
      change(rule, team) { $0.lapsed += 1 }
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

  /// The places at which a count is kept: its own, and the totals over rules, over teams and over
  /// both.
  private func places(of place: Place) -> [Place] {
    [
      place, Place(rule: place.rule, team: Names.all), Place(rule: Names.all, team: place.team),
      Place(rule: Names.all, team: Names.all),
    ]
  }

  /// Writes the counts; `teams` are all teams of the run, also those with nothing open.
  func write(day: Int32, teams: [Int64], _ db: Database) throws {
    let tally = try db.cachedStatement(
      sql: "INSERT INTO tally VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    var summed: [Place: Counts] = [:]
    for (place, found) in counts {
      for place in places(of: place) { summed[place, default: Counts()] += found }
    }
    for (place, found) in summed {
      try tally.execute(arguments: [
        day, place.rule, place.team, found.opened, found.reopened, found.resolved, found.lapsed,
        found.movedIn, found.movedOut, found.listed, found.waived, found.unsettled, found.oldest,
        found.over90, found.worse,
      ])
    }
    let days = try db.cachedStatement(sql: "INSERT INTO mended VALUES (?, ?, ?, ?, ?)")
    var summedDays: [Mended: Int] = [:]
    for (what, count) in mended {
      for place in places(of: what.place) {
        summedDays[Mended(place: place, days: what.days), default: 0] += count
      }
    }
    for (what, count) in summedDays {
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
