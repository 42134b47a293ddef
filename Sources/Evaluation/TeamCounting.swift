import Extracts
import Threads
import Values

/// The number of each team's rows that have a value, worked out once for all constraints.
struct TeamCounting: Sendable {
  private let table: Table
  private let teams: TeamColumn
  private var all: [Int]?
  private var present: [Int: [Int]] = [:]

  init(_ table: Table, teams: TeamColumn) {
    self.table = table
    self.teams = teams
  }

  /// The counts of some tables, with the rows that have a value for each field.
  ///
  /// The threads take one column after another.
  static func all(
    of tables: [Table], _ teams: [TeamColumn], threads: Int, _ spill: ColumnSpill?
  ) -> [TeamCounting] {
    var counting = inParallel(tables.count, threads: threads) { table in
      var counting = TeamCounting(tables[table], teams: teams[table])
      _ = counting.allRows()
      return counting
    }
    let columns = tables.indices.flatMap { table in
      tables[table].columns.indices.filter { tables[table].columns[$0] != nil }.map {
        (table: table, field: $0)
      }
    }
    let empty = counting
    let counts = inParallel(columns.count, threads: threads) { number in
      spill?.relax()
      var one = empty[columns[number].table]
      return one.rows(withValueOf: columns[number].field)
    }
    for (column, count) in zip(columns, counts) {
      counting[column.table].present[column.field] = count
    }
    return counting
  }

  /// All rows.
  mutating func allRows() -> [Int] {
    if let all { return all }
    let counted = count(teams.numbers.indices) { _ in true }
    all = counted
    return counted
  }

  /// The rows in which a field has a value of its type.
  mutating func rows(withValueOf field: Int) -> [Int] {
    if let known = present[field] { return known }
    let counted: [Int]
    let rows = table.tallies[field].present
    if let column = table.columns[field], rows > 0 {
      counted = rows == table.rowCount ? allRows() : counts(of: column)
    } else {
      counted = [Int](repeating: 0, count: teams.names.count)
    }
    present[field] = counted
    return counted
  }

  /// The rows in which a field's cell holds anything but a missing value.
  mutating func rows(givenFor field: Int) -> [Int] {
    var counted = rows(withValueOf: field)
    for row in table.columns[field]?.unreadable ?? [] { counted[Int(teams.numbers[Int(row)])] += 1 }
    return counted
  }

  /// The rows that pass a test.
  @inline(__always)
  func rows(where holds: (Int) -> Bool) -> [Int] { count(teams.numbers.indices, holds) }

  private func counts(of column: Column) -> [Int] {
    switch column.storage {
    case .strings(let values), .times(let values): count(values.indices) { values[$0] >= 0 }
    case .keys(let values): count(values.indices) { values[$0] >= 0 }
    case .integers(let values), .datetimes(let values):
      count(values.indices) { values[$0] != .min }
    case .numbers(let values): count(values.indices) { !values[$0].isNaN }
    case .booleans(let values): count(values.indices) { values[$0] <= 1 }
    case .dates(let values): count(values.indices) { values[$0] != .min }
    }
  }

  @inline(__always)
  private func count(_ rows: Range<Int>, _ holds: (Int) -> Bool) -> [Int] {
    var counted = [Int](repeating: 0, count: teams.names.count)
    let numbers = teams.numbers
    for row in rows where holds(row) { counted[Int(numbers[row])] += 1 }
    return counted
  }
}
