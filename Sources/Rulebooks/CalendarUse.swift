import Diagnostics
import Expressions
import WorkingTime

/// Reports the use of working days without a calendar that defines them.
struct CalendarUse {
  let collector: DiagnosticCollector

  /// Which of several calendars counts has been asked elsewhere.
  func report(in rulebook: Rulebook, declaring declarations: Declarations) {
    guard rulebook.calendar == nil, declarations.calendars.inForce.count < 2 else { return }
    var first: CheckedExpression?
    rulebook.forEachExpression { expression in
      guard first == nil else { return }
      if expression.node.contains(where: Self.needsCalendar) { first = expression }
    }
    guard let first else { return }
    collector.report(
      missing: "working days are counted here, and no calendar says which they are",
      at: first.source.position(of: 0),
      advice: "Add a calendar file with its `weekend`, `covers` and `holidays`")
  }

  private static func needsCalendar(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .constant(.duration(let span)): span.workingDays != 0
    case .call(.workingDays, _), .call(.workingDaysBetween, _), .call(.isWorkingDay, _): true
    default: false
    }
  }
}
