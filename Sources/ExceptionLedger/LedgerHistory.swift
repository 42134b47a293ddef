import Diagnostics
import Exceptions
import GRDB
public import WorkingTime

/// What became of exceptions over time: by week, by team and by rule.
public struct LedgerHistory: Sendable {
  /// Which part of the ledger is looked at.
  public struct Question: Sendable {
    /// The team, by its shown name; nil for all.
    public var team: String?
    /// The rule; nil for all.
    public var rule: String?
    /// The first day.
    public var from: CalendarDate?
    /// The last day.
    public var to: CalendarDate?

    /// All of it.
    public init(
      team: String? = nil, rule: String? = nil, from: CalendarDate? = nil, to: CalendarDate? = nil
    ) {
      self.team = team
      self.rule = rule
      self.from = from
      self.to = to
    }
  }

  /// The figures of one week, team or rule.
  public struct Line: Hashable, Sendable {
    /// The Monday of the week, the team or the rule.
    public var label: String
    /// Seen for the first time.
    public var opened = 0
    /// Open again after having ended.
    public var reopened = 0
    /// Put right.
    public var resolved = 0
    /// Ended without being put right: lapsed, or withdrawn with their rules.
    public var lapsed = 0
    /// Open after the last run of the period, waived and unsettled ones included.
    public var open = 0
    /// Of the open ones, those that somebody has agreed to.
    public var waived = 0
    /// Of the open ones, those that the last run did not list.
    public var unsettled = 0
    /// The median number of days for which what was put right had been open; nil where nothing was.
    public var medianDays: Double?
    /// How many days the oldest open one had been open at the last run.
    ///
    /// Nil where none is open, or by week.
    public var oldestDays: Int?
    /// How many have been open for more than 90 days; nil by week.
    public var openOver90: Int?
  }

  /// The as-of dates of the runs.
  public var runs: [CalendarDate] = []
  /// The runs among them that could not trust every input, and so may have missed something.
  public var untrusted: [CalendarDate] = []
  /// The runs among them whose rules, packs or parameters are not those of the run before.
  ///
  /// Some of what is opened or put right in their weeks may be so for that reason alone.
  public var otherRules: [CalendarDate] = []
  /// By week, from the first run's to the last's, without the weeks that had no run.
  public var weeks: [Line] = []
  /// By team, the ones with most open first.
  public var teams: [Line] = []
  /// By rule, likewise.
  public var rules: [Line] = []
  /// Over all.
  public var all = Line(label: "(all)")
}

extension LedgerHistory {
  /// Reads the history out of a ledger, which is not changed.
  public init(of path: String, _ question: Question) throws(LedgerFault) {
    let file = try LedgerFile.forReading(path)
    self = try file.read { db in try HistoryReading(db, question).history() }
  }
}

/// Reads a history within one transaction.
private struct HistoryReading {
  let db: Database
  let names: Names
  /// The rule and the team asked about; `Names.all` where none is named.
  let rule: Int64
  let team: Int64
  let days: [Int32]

  init(_ db: Database, _ question: LedgerHistory.Question) throws {
    self.db = db
    let names = try Names(db)
    self.names = names
    rule = try Self.number(question.rule, "rule", from: "measure", names, db)
    team = try Self.number(question.team, "team", from: "standing", names, db)
    let first = question.from?.dayNumber ?? .min
    let last = question.to?.dayNumber ?? .max
    days = try Int32.fetchAll(db, sql: "SELECT day FROM run ORDER BY day")
      .filter { first <= $0 && $0 <= last }
  }

  /// The number of a name that some run had as a rule or team; no other can have had anything open.
  private static func number(
    _ name: String?, _ what: String, from table: String, _ names: Names, _ db: Database
  ) throws -> Int64 {
    guard let name else { return Names.all }
    // The list of no team need not exist yet: it comes into being with its first exception.
    if what == "team", name == TeamName.none.shown { return names.known(name) ?? Names.nobody }
    // A rule may be in force without having judged anything yet.
    let inForce = what == "rule" ? " UNION SELECT rule FROM rule_run" : ""
    let known = try Int64.fetchSet(
      db,
      sql: "SELECT \(what) FROM \(table) UNION SELECT \(what) FROM tally" + inForce)
    if let number = names.known(name), known.contains(number) { return number }
    let nearest = try nearestName(to: name, among: known.map { try names[$0] }.sorted())
    throw LedgerFault.noName(what: what, name: name, nearest: nearest)
  }

  func history() throws -> LedgerHistory {
    var history = LedgerHistory()
    history.runs = days.map { CalendarDate(dayNumber: $0) }
    guard let first = days.first, let last = days.last else { return history }
    history.untrusted = try Int32.fetchAll(
      db, sql: "SELECT day FROM run WHERE trusted = 0 AND day BETWEEN ? AND ? ORDER BY day",
      arguments: [first, last]
    ).map { CalendarDate(dayNumber: $0) }
    history.otherRules = try runsWithOtherRules(from: first, to: last)
    // Only numbers are put into the SQL: no text of the question becomes part of it.
    let time = "day BETWEEN \(first) AND \(last)"
    let all = "\(time) AND rule = \(rule) AND team = \(team)"
    let byTeam = team == Names.all ? "team <> 0" : "team = \(team)"
    let byRule = rule == Names.all ? "rule <> 0" : "rule = \(rule)"
    history.weeks = try weeks(all)
    history.teams = try lines(by: "team", "\(time) AND rule = \(rule) AND \(byTeam)", last)
    history.rules = try lines(by: "rule", "\(time) AND team = \(team) AND \(byRule)", last)
    history.all = try lines(by: "0", all, last).first ?? LedgerHistory.Line(label: names[Names.all])
    return history
  }

  /// The runs of the time whose rules, packs or parameters are not those of the run before, which may
  /// lie before the time.
  private func runsWithOtherRules(from first: Int32, to last: Int32) throws -> [CalendarDate] {
    let runs = try Row.fetchCursor(
      db, sql: "SELECT day, digest, packs, parameters FROM run WHERE day <= ? ORDER BY day",
      arguments: [last])
    var found: [CalendarDate] = []
    var before: [String]?
    while let run = try runs.next() {
      let day = try run.day(0)
      let rules: [String] = [try run.value(1), try run.value(2), try run.value(3)]
      if let before, before != rules, day >= first {
        found.append(CalendarDate(dayNumber: day))
      }
      before = rules
    }
    return found
  }

  /// The Monday of the week of a day.
  private func monday(_ day: Int32) -> Int32 {
    let date = CalendarDate(dayNumber: day)
    return day - Int32(date.weekday.rawValue - 1)
  }

  private func weeks(_ range: String) throws -> [LedgerHistory.Line] {
    var byDay: [Int32: LedgerHistory.Line] = [:]
    let rows = try Row.fetchCursor(
      db, sql: "SELECT day, \(sums), \(openSums) FROM tally WHERE \(range) GROUP BY day")
    while let row = try rows.next() {
      var line = LedgerHistory.Line(label: "")
      try line.add(row, from: 1)
      try line.setOpen(row, from: 5)
      byDay[try row.value(0)] = line
    }
    var lines: [LedgerHistory.Line] = []
    var current: Int32?
    for day in days {
      let label = monday(day)
      let line = byDay[day] ?? LedgerHistory.Line(label: "")
      if label != current {
        lines.append(LedgerHistory.Line(label: CalendarDate(dayNumber: label).description))
        current = label
      }
      lines[lines.count - 1].continue(with: line)
    }
    // 1970-01-01 was a Thursday: three days back is a Monday.
    let medians = try medians(by: "(day + 3) / 7", range)
    for index in lines.indices {
      guard let start = CalendarDate(iso: lines[index].label) else { continue }
      lines[index].medianDays = medians[Int64((start.dayNumber + 3) / 7)]
    }
    return lines
  }

  private func lines(by column: String, _ range: String, _ last: Int32) throws
    -> [LedgerHistory.Line]
  {
    var found: [Int64: LedgerHistory.Line] = [:]
    let changes = try Row.fetchCursor(
      db, sql: "SELECT \(column) AS place, \(sums) FROM tally WHERE \(range) GROUP BY place")
    while let row = try changes.next() {
      var line = LedgerHistory.Line(label: try names[row.value(0)])
      line.openOver90 = 0
      try line.add(row, from: 1)
      found[try row.value(0)] = line
    }
    let open = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(column) AS place, \(openSums), min(oldest_day), sum(over_90) FROM tally
        WHERE \(range) AND day = \(last) GROUP BY place
        """)
    while let row = try open.next() {
      let number: Int64 = try row.value(0)
      let oldest = try row.dayIfAny(4)
      try found[number]?.setOpen(row, from: 1)
      found[number]?.oldestDays = oldest.map { Int(last - $0) }
      found[number]?.openOver90 = try row.value(5)
    }
    for (number, median) in try medians(by: column, range) { found[number]?.medianDays = median }
    return found.values.sorted { a, b in
      a.open != b.open ? a.open > b.open : byteOrder(a.label, b.label) < 0
    }
  }

  /// The exact median of the days to put right, by group.
  private func medians(by group: String, _ range: String) throws -> [Int64: Double] {
    var counts: [Int64: [(days: Int, count: Int)]] = [:]
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT \(group) AS place, days, sum(count) FROM mended WHERE \(range)
        GROUP BY place, days ORDER BY place, days
        """)
    while let row = try rows.next() {
      let place: Int64 = try row.value(0)
      counts[place, default: []].append((try row.value(1), try row.value(2)))
    }
    return counts.mapValues { median(of: $0) }
  }

  private func median(of counts: [(days: Int, count: Int)]) -> Double {
    let total = counts.reduce(0) { $0 + $1.count }
    func at(_ index: Int) -> Int {
      var seen = 0
      for (days, count) in counts {
        seen += count
        if index < seen { return days }
      }
      return 0
    }
    return Double(at((total - 1) / 2) + at(total / 2)) / 2
  }
}

private let sums = "sum(opened), sum(reopened), sum(resolved), sum(lapsed)"
private let openSums = "sum(listed), sum(waived), sum(unsettled)"

extension LedgerHistory.Line {
  fileprivate mutating func add(_ row: Row, from first: Int) throws {
    opened = try row.count(first)
    reopened = try row.count(first + 1)
    resolved = try row.count(first + 2)
    lapsed = try row.count(first + 3)
  }

  fileprivate mutating func setOpen(_ row: Row, from first: Int) throws {
    let listed: Int = try row.count(first)
    waived = try row.count(first + 1)
    unsettled = try row.count(first + 2)
    open = listed + waived + unsettled
  }

  /// Adds the changes of a later run and takes over what is open from it.
  fileprivate mutating func `continue`(with later: LedgerHistory.Line) {
    opened += later.opened
    reopened += later.reopened
    resolved += later.resolved
    lapsed += later.lapsed
    open = later.open
    waived = later.waived
    unsettled = later.unsettled
  }
}
