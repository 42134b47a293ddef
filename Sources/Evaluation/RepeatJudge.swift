import Expressions
import Extracts
import Rulebooks
import Values
import WorkingTime

/// Judges a `repeat`: each occasion is due a time after the event before it.
final class RepeatJudge: Sendable {
  let from: Step
  private let until: Step?
  private let events: Step
  /// The same where they can be taken one by one, without a list of them.
  private let eventsOneByOne: Elements?
  private let every: SpanStep
  private let first: SpanStep?
  private let dueSoon: SpanStep?
  private let endCell: EndCell
  private let asOf: CalendarDate
  private let calendar: WorkingCalendar?

  init(_ duty: Repeating, pointers: FieldPointers, rule: Rule, compiler: ExpressionCompiler) {
    let context = compiler.context
    from = compiler.compile(duty.from)
    until = duty.until.map { compiler.compile($0) }
    events = compiler.compile(duty.events)
    eventsOneByOne = compiler.elements(duty.events.node)
    every = SpanStep(duty.every, compiler)
    first = duty.first.map { SpanStep($0, compiler) }
    dueSoon = duty.dueSoon.map { SpanStep($0, compiler) }
    endCell = EndCell(
      duty.until, field: pointers.until, forBlame: pointers.untilForBlame, table: rule.table,
      compiler)
    asOf = context.asOf
    calendar = context.rulebook.calendar
  }

  /// Whether the date of an event cannot be read: it counts for nothing, so that the occasions
  /// behind it shift.
  ///
  /// The row stands in the frame.
  func hasUnreadableEvent(_ frame: inout Frame, in tables: [Table]) -> Bool {
    guard case .list(let values) = events(&frame) else { return false }
    return values.contains { value in
      guard let blame = value.blame, blame.field >= 0, Int(blame.table) < tables.count else {
        return false
      }
      let column = tables[Int(blame.table)].columns[Int(blame.field)]
      return column?.unreadable.contains(blame.row) ?? false
    }
  }

  /// The verdicts on the occasions, in their order; one without an occasion where nothing can be
  /// judged.
  func verdicts(_ row: RowID, _ frame: inout Frame) -> [Verdict] {
    func blocked(_ value: Value) -> [Verdict] { [.cannotJudge(.absent, value.blame ?? .none)] }
    let startValue = from(&frame)
    guard let begun = DueMoment(startValue) else { return blocked(startValue) }
    let start = begun.date
    // The duty has ended once its last day has come; an end still to come leaves it open.
    var ended = until.flatMap { DueMoment($0(&frame)) }
    if let day = ended?.date, day > asOf { ended = nil }
    var found: [CalendarDate] = []
    if let other = eventDays(&frame, from: begun, to: ended, into: &found) { return blocked(other) }
    let again = every.span(&frame)
    guard let interval = again.span else { return [.cannotJudge(.absent, again.blame)] }
    let opening = first?.span(&frame) ?? again
    guard let firstInterval = opening.span else { return [.cannotJudge(.absent, opening.blame)] }

    if let cell = endCell.unreadable(row) { return [.cannotJudge(.unreadable, cell)] }
    if let ended, begun.isAfter(ended) {
      return [.cannotJudge(.closedBeforeItBegan, endCell.blame(row, &frame))]
    }
    let end = ended?.date
    let last = end ?? asOf
    let days = distinctDays(of: found, from: start, to: last)

    var verdicts: [Verdict] = []
    var clock = begun
    for (index, day) in days.enumerated() {
      let span = index == 0 ? firstInterval : interval
      verdicts.append(
        occasion(index + 1, clock: clock, span: span) { due in
          var verdict = Verdict(day <= due ? .met : .late)
          if verdict.status == .late {
            verdict.daysLate = CalendarDate.days(from: due, to: day)
          }
          verdict.done = .day(day)
          return verdict
        })
      clock = .day(day)
    }
    let span = days.isEmpty ? firstInterval : interval
    let soon = dueSoon?.span(&frame)
    var isLeftOut = false
    let open = occasion(days.count + 1, clock: clock, span: span) { due in
      guard let end else {
        return DueDates.notDone(due: due, asOf: asOf, dueSoon: soon, calendar: calendar)
      }
      guard due < end else {
        isLeftOut = true
        return Verdict(.met)
      }
      var verdict = Verdict(.late)
      verdict.daysLate = CalendarDate.days(from: due, to: end)
      verdict.until = end
      return verdict
    }
    if !isLeftOut { verdicts.append(open) }
    return verdicts
  }

  /// The days of the events, without those that on the day of the start or of the end come before
  /// the one or after the other; what stands in their place where there is no list of them.
  private func eventDays(
    _ frame: inout Frame, from start: DueMoment, to end: DueMoment?,
    into days: inout [CalendarDate]
  ) -> Value? {
    func take(_ event: Value) {
      guard let day = event.day else { return }
      if case .datetime(let moment) = event {
        let moment = DueMoment.minute(moment)
        if start.isAfter(moment) || end.map({ moment.isAfter($0) }) == true { return }
      }
      days.append(day)
    }
    if let eventsOneByOne {
      return eventsOneByOne(&frame) { event, _ in
        take(event)
        return true
      }
    }
    let value = events(&frame)
    guard case .list(let found) = value else { return value }
    for event in found { take(event) }
    return nil
  }

  /// Two events on one day are one.
  private func distinctDays(
    of events: [CalendarDate], from start: CalendarDate, to last: CalendarDate
  ) -> [CalendarDate] {
    var days = events.filter { $0 >= start && $0 <= last }
    days.sort()
    var kept = 0
    for (index, day) in days.enumerated() where index == 0 || day != days[kept - 1] {
      days[kept] = day
      kept += 1
    }
    days.removeLast(days.count - kept)
    return days
  }

  private func occasion(
    _ number: Int, clock: DueMoment, span: TimeSpan, _ judge: (CalendarDate) -> Verdict
  ) -> Verdict {
    guard let due = span.added(to: clock.date, in: calendar) else {
      var verdict = Verdict.cannotJudge(.outsideCalendar)
      verdict.occasion = number
      return verdict
    }
    var verdict = judge(due)
    verdict.occasion = number
    verdict.from = clock
    verdict.due = .day(due)
    verdict.span = span
    return verdict
  }
}
