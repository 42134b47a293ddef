import Exceptions
import GRDB
import WorkingTime

/// What the ledger tells readers who do not get the lists of every run.
extension RunRecording {
  /// Compares the run with the one whose lists readers last had, and adds that to its report.
  ///
  /// With a run each night and lists each week, the changes of the last night alone would leave six
  /// nights untold.
  func tellSinceLists(
    _ told: inout RunReport, _ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History]
  ) throws {
    guard let last = lastSent, last != earlierDays.last else { return }
    var news = ListNews(since: CalendarDate(dayNumber: last))
    let differences = try LedgerDiff.differences(db, from: last, to: day, names)
    let late = differences.compactMap(Self.overdueBefore)
    let others = OtherNumbers(late.isEmpty ? [] : seen, of: late)
    let lastShown = try LastShown(db, before: last + 1, on: day)
    var changes: [Int64: ExceptionChange] = [:]
    for found in differences {
      changes[found.after.exception] = try change(found, since: last, others, lastShown)
      try count(found, since: last, &news)
    }
    news.ended.sort { $0.key < $1.key }
    for (place, history) in histories.enumerated() {
      told.exceptions[place].changeSinceLists = changes[history.exception] ?? .same
    }
    if !report.isUntrusted {
      let asked = try LastAsked(db, report, names: names, last: last)
      news.teamsLost = Set(try teamsVanished(since: asked))
    }
    news.hasOtherRules = try hadOtherRules(since: last)
    told.news?.sinceLists = news
  }

  /// The last run before this one whose lists were sent; nil where they are sent after every run, or
  /// none was.
  ///
  /// Where a day of lists had no run, those of the next were sent in their place.
  private var lastSent: Int32? {
    guard !report.listDays.isEmpty else { return nil }
    for (place, run) in earlierDays.enumerated().reversed() {
      let runBefore = place > 0 ? earlierDays[place - 1] : run - 1
      let days = max(runBefore + 1, run - 6)...run
      if days.contains(where: {
        report.listDays.contains(CalendarDate(dayNumber: $0).weekday)
      }) {
        return run
      }
    }
    return nil
  }

  private func count(
    _ found: LedgerDiff.Difference, since last: Int32, _ news: inout ListNews
  ) throws {
    let after = found.after.sighting
    func team(_ number: Int64) throws -> TeamName { TeamName(shown: try names[number]) }
    switch found.kind {
    case .resolved, .lapsed:
      var entry = try found.after.entry(names)
      // Its readers look for it on the list where they had it, whoever has had it since.
      if let before = found.before?.sighting {
        entry.team = try team(before.team)
        entry.worker = try names[before.worker]
        entry.list = before.list
        if before.team != after.team, Self.isPutRight(after) {
          news.passing[try team(after.team), default: 0] += 1
        }
      }
      news.ended.append(entry)
    case nil where !after.state.isOpen && found.after.openedDay > last:
      guard Self.isPutRight(after) else { return }
      news.passing[try team(after.team), default: 0] += 1
    default:
      guard let before = found.before?.sighting, before.state.isOpen, after.state.isOpen,
        before.team != after.team
      else { return }
      if before.state != .waived || after.state != .waived {
        news.movedOut[try team(before.team), default: 0] += 1
      }
      if after.state != .waived { news.movedIn[try team(after.team), default: 0] += 1 }
    }
  }

  /// Whether something has ended on the lists of a team: what was waived was on none.
  private static func isPutRight(_ ended: Sighting) -> Bool {
    ended.list != .waived && ended.state.end?.isPutRight ?? false
  }

  /// What readers of the lists of both runs have to know of an exception that is listed.
  private func change(
    _ found: LedgerDiff.Difference, since last: Int32, _ others: OtherNumbers,
    _ lastShown: LastShown
  ) throws -> ExceptionChange {
    let after = found.after.sighting
    guard let spell = found.before else { return .new }
    let before = spell.sighting
    guard before.state.isOpen else { return .reopened }
    let rule = names.known(spell.key.rule) ?? Names.nobody
    let shown = try lastShown.last(of: spell, rule: rule)
    if Self.overdueBefore(found) != nil, found.hasOtherNumber || !others.has(spell) {
      if let shown, shown.isLate(after.done) { return .same }
      return after.done == nil ? .neverDone : .done
    }
    guard after.state == .listed else { return .same }
    if before.state == .waived { return .unwaived }
    if before.team != after.team { return .moved }
    guard found.kind == .worse else { return .same }
    if after.status.weight > (shown?.status ?? before.status).weight {
      return lastShown.isAsked(rule) ? .worse : .same
    }
    let told = before.status == .overdue ? last : shown?.day ?? last
    return after.hasAged(from: told, to: day) ? .worse : .same
  }

  /// What was open and overdue and is late now, as it was.
  private static func overdueBefore(_ found: LedgerDiff.Difference) -> Spell? {
    guard let before = found.before, before.sighting.state.isOpen,
      before.sighting.status == .overdue, found.after.sighting.status == .late
    else { return nil }
    return before
  }

  /// Whether a run since the lists were sent had other rules, packs or parameters.
  ///
  /// Where those lists were of a run that could not be trusted, so may one before it have had, back
  /// to the last that could: what a change of rules puts right waits for such a run.
  private func hadOtherRules(since last: Int32) throws -> Bool {
    let runs = try Row.fetchCursor(
      db,
      sql: """
        SELECT digest, packs, parameters FROM run WHERE day < ?2 AND day >= coalesce((
          SELECT max(day) FROM run WHERE day <= ?1 AND trusted = 1), -1000000)
        """, arguments: [last, day])
    while let run = try runs.next() {
      if try !areRules(run.value(0), packs: run.value(1), parameters: run.value(2)) { return true }
    }
    return false
  }
}
