import Exceptions
import GRDB
import WorkingTime

/// Something in a ledger that no version of casecheck writes.
struct ForeignValue: Error {}

/// Looks for numbers that no version of casecheck writes.
///
/// The tables are strict, so that all of them are whole numbers.
enum LedgerValues {
  /// Numbers of rows or files, up to more than any table can have.
  static let counts = 0...1 << 40

  private static let days =
    "BETWEEN \(CalendarDate.earliest.dayNumber) AND \(CalendarDate.latest.dayNumber)"

  /// Whether the day of a run is out of range.
  static func areForeignInRuns(_ db: Database) throws -> Bool {
    guard try db.tableExists("run") else { return false }
    return try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM run WHERE day NOT \(days))") ?? false
  }

  /// How many spells hold such a number.
  static func foreignSpells(_ db: Database) throws -> Int {
    let states = (0...99).filter { SpellState(rawValue: $0) != nil }
    let statuses = CaseException.Status.allCases.map(\.ledgerNumber)
    let lists = CaseException.List.allCases.map(\.ledgerNumber)
    let counted = "BETWEEN 0 AND \(counts.upperBound)"
    func among(_ numbers: [Int]) -> String {
      "IN (\(numbers.map(String.init).joined(separator: ", ")))"
    }
    let wrongDays = [
      "from_day", "until_day", "due_day", "done_day", "decided_day", "opened_day",
    ].map { "\($0) NOT \(days)" }
    let wrong =
      wrongDays + [
        "runs_before NOT \(counted)", "reopened NOT \(counted)",
        "team NOT IN (SELECT id FROM name)", "worker NOT IN (SELECT id FROM name)",
        "state NOT \(among(states))", "status NOT \(among(statuses))", "list NOT \(among(lists))",
      ]
    return try Int.fetchOne(
      db, sql: "SELECT count(*) FROM spell WHERE \(wrong.joined(separator: " OR "))") ?? 0
  }
}

extension Row {
  /// The value of a column, numbered from 0.
  ///
  /// It replaces GRDB's subscript, which ends the process where the value is of another kind, and
  /// prints the row: a child's record.
  func value<Value: DatabaseValueConvertible & StatementColumnConvertible>(
    _ column: Int
  ) throws -> Value {
    try decode(atIndex: column)
  }

  /// A number of rows or files in a column, small enough to calculate with.
  func count(_ column: Int) throws -> Int {
    let count: Int = try value(column)
    guard LedgerValues.counts.contains(count) else { throw ForeignValue() }
    return count
  }

  /// The number of a day in a column, in the years 1 to 9999, so that days can be counted from it.
  func day(_ column: Int) throws -> Int32 {
    guard let day = try dayIfAny(column) else { throw ForeignValue() }
    return day
  }

  /// The same where there may be none.
  func dayIfAny(_ column: Int) throws -> Int32? {
    guard let day: Int32 = try value(column) else { return nil }
    guard CalendarDate.earliest.dayNumber...CalendarDate.latest.dayNumber ~= day else {
      throw ForeignValue()
    }
    return day
  }
}
