import Diagnostics
import WorkingTime

/// Which of the calendars that the rule files declare counts.
struct CalendarChoice {
  let collector: DiagnosticCollector
  let selection: RuleSelection

  /// The one that the user names, or else the one that casecheck comes with, or else the only one.
  func calendar(of declarations: Declarations) -> WorkingCalendar? {
    let declared = declarations.calendars.sorted
    let calendars = declared.compactMap(CalendarLoader(collector: collector).load)
    let wanted = selection.calendar ?? "england-and-wales"
    if let named = calendars.first(where: { $0.name == wanted }) {
      OwnCalendars(collector: collector).warn(of: named, in: declarations, selection)
      return named
    }
    if let name = selection.calendar {
      collector.report(
        "there is no calendar `\(name)`",
        at: selection.places.calendar ?? selection.place,
        advice: suggestion(for: name, among: calendars.map(\.name)))
      // Uses any calendar, so that the use of working days without one is not reported as well.
      return calendars.first
    }
    if calendars.count == 1 { return calendars.first }
    if let second = declared.dropFirst().first {
      collector.report(
        "there are \(calendars.count) calendars and none is named `\(wanted)`",
        at: second.namePosition, advice: "Name the one to use with --calendar")
    }
    return nil
  }
}
