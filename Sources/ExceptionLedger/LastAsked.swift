import Exceptions
import GRDB

/// When each rule of a run was asked before: in the last trusted run that had it.
///
/// On most nights that is the last trusted run, for all rules. A job that has another pack on some
/// nights, or parameters of its own, would never be compared with one of just the same rules.
struct LastAsked {
  /// The rules by the day of that run.
  let rules: [Int32: Set<Int64>]
  private let days: [Int64: Int32]

  /// Looks at the trusted runs before that of a report, up to the last one.
  init(_ db: Database, _ report: RunReport, names: Names, last: Int32) throws {
    let had = try Int64.fetchSet(
      db, sql: "SELECT rule FROM rule_run WHERE day = ?", arguments: [last])
    var days: [Int64: Int32] = [:]
    var others: Set<Int64> = []
    for rule in report.rules {
      guard let number = names.known(rule.name) else { continue }
      days[number] = last
      // What could not be asked in this run says nothing of what earlier runs asked.
      if rule.isEvaluated, !had.contains(number) { others.insert(number) }
    }
    if !others.isEmpty {
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT a.rule, max(a.day) FROM rule_run a JOIN run r ON r.day = a.day
          WHERE a.day < ? AND r.trusted = 1 GROUP BY a.rule
          """, arguments: [last])
      while let row = try rows.next() {
        let rule: Int64 = try row.value(0)
        if others.contains(rule) { days[rule] = try row.day(1) }
      }
    }
    self.days = days
    rules = Dictionary(grouping: days.keys, by: { days[$0] ?? last }).mapValues(Set.init)
  }

  /// The day on which a rule, by its number, was asked before.
  func day(of rule: Int64) -> Int32? { days[rule] }
}
