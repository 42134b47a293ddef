public import Exceptions
import GRDB
public import WorkingTime

/// What changed between two runs of a ledger, whatever lies between them.
public struct LedgerDiff: Sendable {
  /// How an exception stands in the later run against the earlier one.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Open in the later run, and not seen up to the earlier one.
    case opened
    /// Open in the later run; ended by the time of the earlier one.
    case reopened
    /// Open in both, and worse: not met or late where it could not be judged, overdue, or overdue for
    /// so long that it is in a higher age band.
    case worse
    /// Open in the earlier run, and put right by the time of the later one.
    case resolved
    /// Open in the earlier run, and ended by the time of the later one without being put right.
    case lapsed
    /// Open in the later run and agreed to, and not agreed to by the time of the earlier one.
    case waived
    /// Open in both, agreed to in the earlier run and on the lists again in the later one.
    case unwaived
    /// Open in both and no worse, with another team.
    case moved
    /// Open in both and no worse, but the status, dates or value differ.
    case changed
    /// Open in both, but not judged or listed by the later run: whether it still holds is not
    /// known.
    case notJudged = "not-judged"
  }

  /// One exception that changed.
  public struct Change: Hashable, Sendable {
    /// How it stands in the later run against the earlier one.
    public var kind: Kind
    /// How it was; nil where it had not been seen.
    public var before: LedgerEntry?
    /// How it is.
    public var after: LedgerEntry
  }

  /// The earlier run.
  public var from: CalendarDate
  /// The later run.
  public var to: CalendarDate
  /// What changed, by kind, then by key.
  public var changes: [Change]
  /// How many are open in both and have not changed.
  public var unchanged: Int
  /// Whether the runs, from the one to the other, had not all the same rules, packs and parameters.
  ///
  /// Some of what changed may then have changed for that reason alone.
  public var hasOtherRules: Bool
}

extension LedgerDiff {
  /// Compares two runs, each named by its as-of date, or as `latest` or `previous`.
  public init(of path: String, from: String, to: String) throws(LedgerFault) {
    let file = try LedgerFile.forReading(path)
    self = try file.read { db in
      let days = try Int32.fetchAll(db, sql: "SELECT day FROM run ORDER BY day")
      let first = try LedgerDiff.day(from, among: days)
      let second = try LedgerDiff.day(to, among: days)
      return try LedgerDiff(db, from: min(first, second), to: max(first, second))
    }
  }

  private static func day(_ name: String, among days: [Int32]) throws -> Int32 {
    if name == "latest", let last = days.last { return last }
    if name == "previous", days.count > 1 { return days[days.count - 2] }
    let wanted = CalendarDate(iso: name)?.dayNumber
    if let wanted, days.contains(wanted) { return wanted }
    let nearest = days.min { a, b in
      guard let wanted else { return a > b }
      return abs(Int(a) - Int(wanted)) < abs(Int(b) - Int(wanted))
    }
    throw LedgerFault.noRun(asOf: name, nearest: nearest.map { CalendarDate(dayNumber: $0) })
  }

  private init(_ db: Database, from: Int32, to: Int32) throws {
    self.from = CalendarDate(dayNumber: from)
    self.to = CalendarDate(dayNumber: to)
    let names = try Names(db)
    var changes: [Change] = []
    for found in try LedgerDiff.differences(db, from: from, to: to, names) {
      guard let kind = found.kind else { continue }
      changes.append(
        Change(
          kind: kind, before: try found.before?.entry(names), after: try found.after.entry(names)))
    }
    let open =
      try Int.fetchOne(
        db,
        sql: """
          SELECT listed + waived + unsettled FROM tally WHERE day = ? AND rule = 0 AND team = 0
          """, arguments: [to]) ?? 0
    let rules = try Int.fetchOne(
      db,
      sql: """
        SELECT count(*) FROM (
          SELECT DISTINCT digest, packs, parameters FROM run WHERE day BETWEEN ? AND ?)
        """, arguments: [from, to])
    hasOtherRules = (rules ?? 0) > 1
    unchanged = open - changes.count { $0.after.end == nil }
    let order = Kind.allCases
    self.changes = changes.sorted { a, b in
      let first = order.firstIndex(of: a.kind) ?? 0
      let second = order.firstIndex(of: b.kind) ?? 0
      return first != second ? first < second : a.after.key < b.after.key
    }
  }

  /// One exception that moves between two runs.
  struct Difference {
    /// How it stands in the later run against the earlier one; nil where nothing differs that a
    /// reader of both has to know.
    var kind: Kind?
    /// How it was; nil where it had not been seen.
    var before: Spell?
    /// How it is.
    var after: Spell

    /// Whether it had ended by the later run, and was not open in the earlier one.
    fileprivate var isOver: Bool {
      !(before?.sighting.state.isOpen ?? false) && !after.sighting.state.isOpen
    }

    /// Whether it is a duty that stood under another number before.
    var hasOtherNumber: Bool { before.map { $0.key.occasion != after.key.occasion } ?? false }
  }

  /// Every exception that may differ between two runs.
  static func differences(
    _ db: Database, from: Int32, to: Int32, _ names: Names
  ) throws -> [Difference] {
    // Only an exception that a run in between has changed can differ: it has a spell that begins
    // there. One that has been open for longer without being judged has not changed, but is not
    // known to be the same either; and an overdue one gets worse though nothing has changed it.
    // The `+` keeps SQLite from going through every spell there ever was, by the day it began.
    let aged = Sighting.mayHaveAged(from: from, to: to)
    let moving = """
      SELECT exception FROM spell WHERE from_day > \(from) AND from_day <= \(to)
      UNION SELECT exception FROM spell
        WHERE until_day IS NULL AND \(SpellState.open) AND (\(SpellState.unseen) OR \(aged)) AND +from_day <= \(to)
      UNION SELECT exception FROM spell
        WHERE until_day > \(to) AND \(SpellState.open) AND (\(SpellState.unseen) OR \(aged)) AND from_day <= \(to)
      """
    var before: [Int64: Spell] = [:]
    for spell in try spells(db, of: moving, on: from, names) { before[spell.exception] = spell }
    let found = try spells(db, of: moving, on: to, names).map { spell in
      let old = before[spell.exception]
      return Difference(kind: kind(old, on: from, spell, on: to), before: old, after: spell)
    }
    return renumbered(found, from: from, to: to)
  }

  /// The same, where each duty that has another number in the later run, or had one when it ended, is
  /// compared with itself.
  private static func renumbered(
    _ found: [Difference], from: Int32, to: Int32
  ) -> [Difference] {
    var (now, before): ([RenumberedDuties.Placed], [RenumberedDuties.Placed]) = ([], [])
    for (place, item) in found.enumerated() where item.after.key.occasion > 0 {
      if item.after.sighting.state.isOpen { now.append((place, .init(item.after))) }
      if let old = item.before, old.sighting.state.isOpen, item.kind != .resolved {
        before.append((place, .init(old)))
      }
    }
    var found = found
    let duties = RenumberedDuties(now, from: before)
    take(&found, duties, from: from, to: to)
    // Of the numbers that a duty has had and that have all ended, the last one says how.
    let left = before.filter { !duties.hasMoved($0.place) && found[$0.place].kind == .lapsed }
    if left.isEmpty { return found }
    var last: [ExceptionKey: [Int32?: RenumberedDuties.Placed]] = [:]
    let over = found.indices.filter { found[$0].isOver && found[$0].after.key.occasion > 0 }
    for place in over.sorted(by: { found[$0].after.fromDay < found[$1].after.fromDay }) {
      let duty = RenumberedDuties.Duty(found[place].after)
      last[duty.record, default: [:]][duty.due] = (place, duty)
    }
    take(
      &found, RenumberedDuties(last.values.flatMap(\.values), from: left), from: from, to: to)
    return found
  }

  private static func take(
    _ found: inout [Difference], _ duties: RenumberedDuties, from: Int32, to: Int32
  ) {
    let before = found.map(\.before)
    for place in found.indices {
      if let earlier = duties.earlier[place] {
        found[place].before = before[earlier]
      } else if duties.hasMoved(place) {
        found[place].before = nil
      } else {
        continue
      }
      found[place].kind = kind(
        found[place].before, on: from, found[place].after, on: to)
    }
  }

  /// The spell on a day of every exception that moves.
  private static func spells(
    _ db: Database, of moving: String, on day: Int32, _ names: Names
  ) throws -> [Spell] {
    try Row.fetchCursor(
      db,
      sql: """
        SELECT \(Spell.columns) FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.exception IN (\(moving)) AND s.from_day <= ?1 AND (s.until_day IS NULL OR s.until_day > ?1)
        """, arguments: [day]
    ).map { try Spell($0, names: names) }.array()
  }

  private static func kind(
    _ before: Spell?, on from: Int32, _ after: Spell, on to: Int32
  ) -> Kind? {
    let isOpen = after.sighting.state.isOpen
    let isWaived = after.sighting.state == .waived
    guard let before else { return isOpen ? isWaived ? .waived : .opened : nil }
    switch (before.sighting.state.isOpen, isOpen) {
    case (false, true): return isWaived ? .waived : .reopened
    case (true, false): return after.sighting.state.end?.isPutRight ?? false ? .resolved : .lapsed
    case (false, false): return nil
    case (true, true):
      if after.sighting.state.isUnsettled { return .notJudged }
      if isWaived != (before.sighting.state == .waived) { return isWaived ? .waived : .unwaived }
      if after.sighting.status.weight > before.sighting.status.weight
        || after.sighting.hasAged(from: from, to: to)
      {
        return .worse
      }
      if before.sighting.team != after.sighting.team { return .moved }
      let isSame =
        before.sighting.status == after.sighting.status
        && before.sighting.digest == after.sighting.digest
      return isSame ? nil : .changed
    }
  }
}

extension Cursor {
  fileprivate func array() throws -> [Element] { try Array(self) }
}
