import WorkingTime

/// Warns where a council's own calendar does something other than it was most likely written for.
///
/// Deadlines would move by days, and nothing in a list shows from which calendar they come.
struct OwnCalendars {
  let collector: DiagnosticCollector

  /// Warns of holidays that the calendar in use has lost, and of calendars of higher folders that
  /// nothing uses.
  func warn(of used: WorkingCalendar, in declarations: Declarations, _ selection: RuleSelection) {
    guard let declaration = declarations.calendars[used.name] else { return }
    if let replaced = declarations.calendars.highestReplaced(used.name) {
      warn(of: used, declaration, replacing: replaced)
    }
    guard selection.calendar == nil else { return }
    let unused = declarations.calendars.inForce.values.filter {
      $0.layer.folder > declaration.layer.folder
    }
    for other in unused.sorted(by: { $0.name < $1.name }) {
      collector.warnEveryRun(
        "the calendar `\(other.name)` is not used, `\(used.name)` is", at: other.namePosition,
        advice: "Name it with --calendar, or in the configuration as `calendar`, if it is to count")
    }
  }

  private func warn(
    of used: WorkingCalendar, _ declaration: Declarations.Declaration,
    replacing replaced: Declarations.Declaration
  ) {
    // What is wrong with a calendar that is not used is nobody's mistake here.
    guard let before = CalendarLoader(collector: DiagnosticCollector()).load(replaced) else {
      return
    }
    let kept = Set(used.holidays)
    let lost = before.holidays.filter { day in
      used.covers.contains(day) && !kept.contains(day) && !used.weekend.contains(day.weekday)
    }
    guard let first = lost.first else { return }
    let days = lost.count == 1 ? "a holiday" : "\(lost.count) holidays"
    collector.warnEveryRun(
      "the calendar `\(used.name)` replaces the one at \(replaced.namePosition) whole, and lacks \(days) of it, \(first) first: they count as working days",
      at: declaration.namePosition,
      advice:
        "Copy the whole calendar and add your days to it; if they are working days indeed, give yours a name of its own, and name it as `calendar`"
    )
  }
}
