import Expressions
import Extracts
import Values
import WorkingTime

// Columns hold texts and days as numbers, so two cells of the same kind are compared as numbers
// without decoding them.

extension ExpressionCompiler {
  /// A comparison of two columns, or of one with a day that is known beforehand; nil for any
  /// other.
  func compileColumnComparison(_ comparison: CheckedExpression.Comparison, _ a: Node, _ b: Node)
    -> Test?
  {
    if let days = days(a) {
      if let others = self.days(b) {
        return compare(comparison, numberColumn(days), numberColumn(others))
      }
      return knownDay(b, comparison, a).map { compare(comparison, numberColumn(days), with: $0) }
    }
    guard comparison.isEquality, let (row, values, field) = column(a),
      let (otherRow, otherValues, otherField) = column(b)
    else { return nil }
    switch (values, otherValues) {
    case (.strings(let numbers), .strings(let others)):
      return compare(
        comparison, NumberColumn(texts: numbers, rowSource(row), field),
        NumberColumn(texts: others, rowSource(otherRow), otherField))
    case (.keys(let codes), .keys(let others)):
      return compare(
        comparison, NumberColumn(texts: codes, rowSource(row), field),
        NumberColumn(texts: others, rowSource(otherRow), otherField))
    default: return nil
    }
  }

  /// Whether a field holds a value; nil for any other node.
  func compileColumnHas(_ node: Node) -> Test? {
    if let days = days(node) {
      let column = numberColumn(days)
      return Test { frame in Truth(column.cell(&frame).isThere) }
    }
    guard let (row, values, field) = column(node) else { return nil }
    switch values {
    case .strings(let numbers):
      let column = NumberColumn(texts: numbers, rowSource(row), field)
      return Test { frame in Truth(column.cell(&frame).isThere) }
    case .keys(let codes):
      let column = NumberColumn(texts: codes, rowSource(row), field)
      return Test { frame in Truth(column.cell(&frame).isThere) }
    default: return nil
    }
  }

  /// The column that a node reads from this period's rows; nil for any other node.
  ///
  /// The row is compiled only once it is certain that this column is read: compiling it twice at
  /// each level would double the work with every level.
  private func column(_ node: Node) -> (row: Node, values: Column.Storage, field: Int)? {
    guard case .field(let row, let table, let field) = node, context.dataset.earlier == nil,
      let values = context.dataset.tables[table].columns[field]?.storage
    else { return nil }
    return (row, values, field)
  }

  /// The days that a node reads from this period's rows; nil for any other node.
  private func days(_ node: Node) -> (row: Node, values: ColumnValues<Int32>, blame: ColumnBlame)? {
    if case .derived(let row, let table, let column) = node, context.dataset.earlier == nil,
      let values = context.derived[table][column], let days = values.numbers(.days)
    {
      return (row, days, .derived(values))
    }
    guard let (row, values, field) = column(node), case .dates(let days) = values else {
      return nil
    }
    return (row, days, .field(field))
  }

  private func numberColumn(_ days: (row: Node, values: ColumnValues<Int32>, blame: ColumnBlame))
    -> NumberColumn<Int32>
  {
    NumberColumn(days: days.values, rowSource(days.row), days.blame)
  }

  /// The day that a node of days is compared with, if it is known beforehand.
  private func knownDay(
    _ node: Node, _ comparison: CheckedExpression.Comparison, _ days: Node
  ) -> Int32? {
    switch node {
    // Whether something recorded has happened is always asked of the real as-of date, even when
    // ages are counted as of another day.
    case .asOf:
      (asksWhetherHappened(comparison, days, in: context.rulebook)
        ? context.asOf : context.agesAsOf).dayNumber
    case .constant(.date(let day)): day.dayNumber
    default: nil
    }
  }

  private func compare<Number: FixedWidthInteger & BitwiseCopyable>(
    _ comparison: CheckedExpression.Comparison, _ a: NumberColumn<Number>,
    _ b: NumberColumn<Number>
  ) -> Test {
    func compare(_ holds: @escaping @Sendable (Number, Number) -> Bool) -> Test {
      Test { frame in
        switch a.cell(&frame) {
        case .absent(let blame): return .absent(blame)
        case .number(let left):
          switch b.cell(&frame) {
          case .absent(let blame): return .absent(blame)
          case .number(let right): return Truth(holds(left, right))
          }
        }
      }
    }
    return compare(comparison.holds())
  }

  private func compare<Number: FixedWidthInteger & BitwiseCopyable>(
    _ comparison: CheckedExpression.Comparison, _ a: NumberColumn<Number>, with known: Number
  ) -> Test {
    let holds: @Sendable (Number, Number) -> Bool = comparison.holds()
    return Test { frame in
      switch a.cell(&frame) {
      case .absent(let blame): .absent(blame)
      case .number(let number): Truth(holds(number, known))
      }
    }
  }
}

extension CheckedExpression.Comparison {
  var isEquality: Bool { self == .equal || self == .notEqual }

  fileprivate func holds<Number: Comparable & Sendable>() -> @Sendable (Number, Number) -> Bool {
    switch self {
    case .equal: { $0 == $1 }
    case .notEqual: { $0 != $1 }
    case .less: { $0 < $1 }
    case .lessOrEqual: { $0 <= $1 }
    case .greater: { $0 > $1 }
    case .greaterOrEqual: { $0 >= $1 }
    }
  }
}

/// A column of numbers, read for a row.
private struct NumberColumn<Number: FixedWidthInteger & BitwiseCopyable & Sendable>: Sendable {
  enum Cell {
    case number(Number)
    case absent(Blame)

    var isThere: Bool { if case .number = self { true } else { false } }
  }

  private let values: ColumnValues<Number>
  private let row: RowSource
  private let blame: ColumnBlame
  /// Numbers below this one stand for absent.
  private let least: Number

  /// Reads texts by their numbers in the run's pool, or by their codes.
  init(texts: ColumnValues<Number>, _ row: RowSource, _ field: Int) {
    values = texts
    self.row = row
    blame = .field(field)
    least = 0
  }

  /// The number in the row of one evaluation; absent, with its blame, where there is none.
  @inline(__always)
  func cell(_ frame: inout Frame) -> Cell {
    switch row.row(&frame) {
    case .row(let id):
      let number = values[Int(id.row)]
      return number < least
        ? .absent(blame.blame(Int32(truncatingIfNeeded: number), in: id)) : .number(number)
    case .absent(let blame): return .absent(blame)
    }
  }
}

extension NumberColumn<Int32> {
  /// Day numbers.
  fileprivate init(days: ColumnValues<Int32>, _ row: RowSource, _ blame: ColumnBlame) {
    values = days
    self.row = row
    self.blame = blame
    least = DerivedValues.leastNarrow
  }
}
