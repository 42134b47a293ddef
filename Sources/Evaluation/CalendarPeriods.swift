import Expressions
import Rulebooks
import WorkingTime

/// Finds since when a rule has chosen its records by the present year or month.
///
/// In the first days of a year, a rule that goes by the year to date may well ask nothing of any
/// record.
struct CalendarPeriods {
  let rulebook: Rulebook
  let asOf: CalendarDate
  private var passed: Set<Column> = []

  private struct Column: Hashable {
    let table: Int
    let column: Int
  }

  init(_ rulebook: Rulebook, asOf: CalendarDate) {
    self.rulebook = rulebook
    self.asOf = asOf
  }

  /// The first day of the year or month of the as-of date in which, or since which, something has to
  /// lie by a condition; of several the last.
  ///
  /// Nil where it goes by none.
  mutating func beginning(in condition: CheckedExpression.Node) -> CalendarDate? {
    switch condition {
    case .comparison(let comparison, let a, let b):
      let bounds: [CheckedExpression.Node] =
        switch comparison {
        case .equal: [a, b]
        case .greater, .greaterOrEqual: [b]
        case .less, .lessOrEqual: [a]
        case .notEqual: []
        }
      return Self.latest(
        bounds.map { firstDay(in: $0) } + [beginning(in: a), beginning(in: b)])
    case .derived(let row, let table, let column):
      let isNew = passed.insert(Column(table: table, column: column)).inserted
      let own =
        isNew ? beginning(in: rulebook.tables[table].derived[column].expression.node) : nil
      return Self.latest([own, beginning(in: row)])
    default:
      var days: [CalendarDate?] = []
      for part in condition.parts { days.append(beginning(in: part)) }
      return Self.latest(days)
    }
  }

  /// The first day of the year or month of the as-of date that a bound is made from; nil for any
  /// other bound.
  private func firstDay(in bound: CheckedExpression.Node) -> CalendarDate? {
    switch bound {
    case .parameter(let number): return firstDay(in: rulebook.parameters[number].node)
    case .call(let function, let arguments):
      if arguments.count == 1, case .asOf = arguments[0] { return firstDay(by: function) }
    default: break
    }
    return Self.latest(bound.parts.map { firstDay(in: $0) })
  }

  private func firstDay(by function: Function) -> CalendarDate? {
    switch function {
    case .financialYear: CalendarDate(year: asOf.financialYear, month: 4, day: 1)
    case .year: CalendarDate(year: asOf.components.year, month: 1, day: 1)
    case .startOfMonth: asOf.startOfMonth
    default: nil
    }
  }

  private static func latest(_ days: [CalendarDate?]) -> CalendarDate? {
    days.compactMap(\.self).max()
  }
}
