import Expressions
import Extracts
import Rulebooks
import WorkingTime

/// Tells where a rule may have no result because a date lies outside the years of the calendar.
///
/// Within an expression such a date gives no result, like the first of an empty list: which of the
/// two it was is not known. But a record that holds everything must not be said to lack something
/// for certain.
struct CalendarDoubt: Sendable {
  /// Amounts of time that rules add to dates mostly end within a year.
  private static let margin: Int32 = 366

  /// Nil where the rule counts no working days.
  private let calendar: WorkingCalendar?
  private let dataset: Dataset

  init(_ rule: Rule, in context: EvaluationContext) {
    calendar = Self.countsWorkingDays(rule, context.rulebook) ? context.rulebook.calendar : nil
    dataset = context.dataset
  }

  /// The obstacle, which may be the calendar where the cell pointed at holds a date outside its
  /// years or near their ends.
  func obstacle(_ known: Verdict.Obstacle, pointingAt cell: Blame) -> Verdict.Obstacle {
    guard known == .noResult, let calendar, let day = day(in: cell) else { return known }
    let (first, last) = (calendar.covers.lowerBound.dayNumber, calendar.covers.upperBound.dayNumber)
    let margin = min(Self.margin, (last - first) / 4)
    let isWellWithin = day.dayNumber >= first + margin && day.dayNumber <= last - margin
    return isWellWithin ? known : .perhapsOutsideCalendar
  }

  private func day(in cell: Blame) -> CalendarDate? {
    guard cell.field >= 0 else { return nil }
    return dataset.withTable(cell.table) { table -> CalendarDate? in
      table.columns[Int(cell.field)].flatMap {
        Value($0.value(at: Int(cell.row), in: dataset.pool), blame: .none).day
      }
    }
  }

  private static func countsWorkingDays(_ rule: Rule, _ rulebook: Rulebook) -> Bool {
    var isFound = false
    for expression in rule.judgingExpressions {
      rulebook.walk(expression.node) { step in
        switch step {
        case .constant(.duration(let span)):
          if span.workingDays != 0 { isFound = true }
        case .call(.workingDays, _), .call(.workingDaysBetween, _), .call(.isWorkingDay, _):
          isFound = true
        default: break
        }
      }
    }
    return isFound
  }
}
