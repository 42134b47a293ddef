import Exceptions
import GRDB

/// Columns that held something in some row when an exception was last listed, and hold nothing now.
///
/// Where a rule asks of all records whether any holds a value, as rules do that accuse nobody of
/// what the export does not say, one emptied cell can take every other record off its list.
struct EmptiedColumns {
  private let db: Database
  /// The columns without a value, as `table.field`.
  private let empty: Set<String>
  private let rules: [String: RuleReport]
  /// By day, the columns that held something.
  private var held: [Int32: Set<String>] = [:]

  init(_ db: Database, _ report: RunReport) {
    self.db = db
    empty = Set(
      report.tables.lazy.filter(\.isPresent).flatMap { table in
        table.filled.lazy.filter { $0.value == 0 }.map { "\(table.name).\($0.key)" }
      })
    rules = report.rulesByName
  }

  /// The first column, by name, that a rule looks for in anybody's records, and that was emptied
  /// after a run.
  mutating func emptied(readBy rule: String, since day: Int32) throws -> (
    table: String, column: String
  )? {
    guard let rule = rules[rule], !empty.isEmpty, !rule.comparesWithAnybodys.isEmpty else {
      return nil
    }
    for column in rule.fields.filter(empty.contains).sorted() {
      let table = String(column.prefix { $0 != "." })
      guard rule.comparesWithAnybodys.contains(table), try columnsHeld(on: day).contains(column)
      else { continue }
      return (table, column)
    }
    return nil
  }

  private mutating func columnsHeld(on day: Int32) throws -> Set<String> {
    if let known = held[day] { return known }
    var columns: Set<String> = []
    for (name, table) in try WholeTable.all(db, on: day) {
      for (field, count) in table.filled ?? [:] where count > 0 {
        columns.insert("\(name).\(field)")
      }
    }
    held[day] = columns
    return columns
  }
}
