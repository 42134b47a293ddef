import Exceptions
import GRDB

/// What the last run that could tell saw of exceptions, where runs since may have seen them wrongly.
///
/// Where a table is cut off, duties look undone that were done long ago. What such a run says by a
/// rule that reads the table is no evidence: nothing is worse for it, and the next run is compared
/// with the last one that could be trusted, or had all tables of the rule whole.
struct LastShown {
  /// An exception as that run saw it.
  struct Shown {
    var status: CaseException.Status
    var done: Int32?
    /// The day of that run.
    var day: Int32

    /// Whether it was listed as late then, done on this day or, without one, never.
    func isLate(_ done: Int32?) -> Bool { status == .late && self.done == done }
  }

  private let db: Database
  /// Runs from this day on are not asked.
  private let end: Int32
  private let lastTrusted: Int32?
  private let lastUntrusted: Int32?
  /// The rules whose tables the run has whole; nil where it can be trusted, and so can all of them.
  private let rulesAsked: Set<Int64>?

  /// Looks at the runs before `end`, for the run of `day`, which is in the ledger already.
  init(_ db: Database, before end: Int32, on day: Int32) throws {
    func lastDay(isTrusted: Bool) throws -> Int32? {
      try Int32.fetchOne(
        db, sql: "SELECT max(day) FROM run WHERE day < ? AND trusted = ?",
        arguments: [end, isTrusted])
    }
    self.db = db
    self.end = end
    lastTrusted = try lastDay(isTrusted: true)
    lastUntrusted = try lastDay(isTrusted: false)
    let isTrusted = try Bool.fetchOne(
      db, sql: "SELECT trusted FROM run WHERE day = ?", arguments: [day])
    if isTrusted ?? true {
      rulesAsked = nil
    } else {
      rulesAsked = try Int64.fetchSet(
        db, sql: "SELECT rule FROM rule_run WHERE day = ?", arguments: [day])
    }
  }

  /// Whether the run can tell by a rule, given by its number, what has become worse.
  func isAsked(_ rule: Int64) -> Bool { rulesAsked?.contains(rule) ?? true }

  /// An exception of a rule as the last run that could tell listed it.
  ///
  /// Nil where its spell says that already, or no such run has listed it since it was opened.
  func last(of spell: Spell, rule: Int64) throws -> Shown? {
    // Most exceptions have been listed by trusted runs alone, and need no query.
    guard let lastUntrusted, lastUntrusted >= spell.openedDay else { return nil }
    if !spell.sighting.state.isUnsettled, let lastTrusted, lastTrusted >= spell.fromDay {
      return nil
    }
    let find = try db.cachedStatement(
      sql: """
        SELECT status, done_day, shown FROM (
          SELECT s.status, s.done_day, (
            SELECT r.day FROM run r
            WHERE r.day >= s.from_day AND r.day < min(coalesce(s.until_day, ?3), ?3)
              AND (r.trusted = 1
                OR EXISTS (SELECT 1 FROM rule_run a WHERE a.day = r.day AND a.rule = ?4))
            ORDER BY r.day DESC LIMIT 1) AS shown
          FROM spell s WHERE s.exception = ?1 AND s.opened_day = ?2 AND s.\(SpellState.seen))
        WHERE shown IS NOT NULL ORDER BY shown DESC LIMIT 1
        """)
    let arguments: StatementArguments = [spell.exception, spell.openedDay, end, rule]
    guard let row = try Row.fetchOne(find, arguments: arguments) else { return nil }
    return Shown(
      status: try CaseException.Status(ledgerNumber: row.value(0)),
      done: try row.dayIfAny(1), day: try row.day(2))
  }
}
