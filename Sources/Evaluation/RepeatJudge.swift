import Exceptions
import Expressions
import Extracts
import Rulebooks
import WorkingTime

/// Judges a `repeat`: each occasion is due a time after the event before it.
final class RepeatJudge: Sendable {
  let from: Step
  private let until: Step?
  private let events: Step
  /// The same events one by one, where no list of them need be made.
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

  /// Whether the date of an event cannot be read.
  ///
  /// Such an event does not count, so the occasions after it shift. The row is in the frame.
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

  /// The verdicts on the occasions, in order; a single one without occasion if none can be judged.
  func verdicts(_ row: RowID, _ frame: inout Frame) -> [Verdict] {
    func blocked(_ value: Value) -> [Verdict] { [.cannotJudge(.absent, value.blame ?? .none)] }
    let startValue = from(&frame)
    guard let begun = DueMoment(startValue) else { return blocked(startValue) }
    let start = begun.date
    // The duty has ended once its last day is reached; an end in the future leaves it open.
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
      return [
        .cannotJudge(
          .closedBeforeItBegan, endCell.place(of: ended, row, &frame), from: begun, done: ended)
      ]
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

  /// The days of the events, or what takes their place if there is no list of them.
  ///
  /// Events on the day of the start but before it, or on the day of the end but after it, are left
  /// out.
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

  /// Counts two events on one day as one.
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
      var verdict = Verdict.cannotJudge(.adding(span))
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
