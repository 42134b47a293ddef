import Exceptions
import Expressions
import Rulebooks
import WorkingTime

/// Judges a `deadline` by the table of the rule language.
final class DeadlineJudge: Sendable {
  private let from: Step?
  private let within: SpanStep?
  /// The start of the clock, or the due date where a rule gives that directly.
  private let first: Step?
  private let to: Step?
  private let dueSoon: SpanStep?
  /// Whether the done value is by its type a bare date; needed for rows where it is not done yet.
  private let isDoneByDay: Bool
  private let endCell: EndCell
  private let asOf: CalendarDate
  private let calendar: WorkingCalendar?

  init(
    _ deadline: Deadline, pointers: FieldPointers, rule: Rule, compiler: ExpressionCompiler
  ) {
    let context = compiler.context
    from = deadline.from.map { compiler.compile($0) }
    within = deadline.within.map { SpanStep($0, compiler) }
    first = from ?? deadline.due.map { compiler.compile($0) }
    to = deadline.to.map { compiler.compile($0) }
    dueSoon = deadline.dueSoon.map { SpanStep($0, compiler) }
    isDoneByDay = deadline.to?.type == .date
    endCell = EndCell(
      deadline.to, field: pointers.to, forBlame: pointers.toForBlame, table: rule.table, compiler)
    asOf = context.asOf
    calendar = context.rulebook.calendar
  }

  /// The start of the clock, or the due date where a rule gives that directly.
  func start(_ frame: inout Frame) -> Value { first?(&frame) ?? .unexplained }

  func verdict(_ row: RowID, _ frame: inout Frame) -> Verdict {
    let value = self.start(&frame)
    guard let first = DueMoment(value) else { return .cannotJudge(.absent, value.blame ?? .none) }
    let start = from == nil ? nil : first
    var span: TimeSpan?
    if let within {
      let found = within.span(&frame)
      guard found.span != nil else { return .cannotJudge(.absent, found.blame) }
      span = found.span
    }
    if let cell = endCell.unreadable(row) { return .cannotJudge(.unreadable, cell) }
    let doneValue = to?(&frame) ?? .unexplained
    var done = DueMoment(doneValue)
    if let day = done?.date, day > asOf { done = nil }
    if let done, let start, start.isAfter(done) {
      return .cannotJudge(
        .endedBeforeItBegan, endCell.place(of: done, row, &frame), from: start, done: done)
    }
    let limit: DueMoment?
    if let span {
      limit = dueMoment(from: first, within: span, doneValue: doneValue)
    } else {
      limit = first
    }
    guard let limit else { return .cannotJudge(span.map(Verdict.Obstacle.adding) ?? .noSuchDate) }
    let isLate = done.map { done in
      span.flatMap { done.isAfter($0, from: first, in: calendar) } ?? done.isAfter(limit)
    }
    var verdict = judge(start: start, limit: limit, done: done, isLate: isLate == true, &frame)
    verdict.span = span
    return verdict
  }

  /// The due date, inclusive; for hours between two date-times, the due minute.
  private func dueMoment(from start: DueMoment, within span: TimeSpan, doneValue: Value)
    -> DueMoment?
  {
    guard span.isOnClock, case .minute(let moment) = start, !isBareDay(doneValue) else {
      return span.added(to: start.date, in: calendar).map { .day($0) }
    }
    return span.added(to: moment, in: calendar).map { .minute($0) }
  }

  private func isBareDay(_ done: Value) -> Bool {
    switch done {
    case .date: true
    case .datetime: false
    default: isDoneByDay
    }
  }

  private func judge(
    start: DueMoment?, limit: DueMoment, done: DueMoment?, isLate: Bool, _ frame: inout Frame
  ) -> Verdict {
    var verdict: Verdict
    if let done {
      verdict = Verdict(isLate ? .late : .met)
      if isLate {
        verdict.daysLate = CalendarDate.days(from: limit.date, to: done.date)
      }
      verdict.done = done
    } else {
      verdict = DueDates.notDone(
        due: limit.date, asOf: asOf, dueSoon: dueSoon?.span(&frame), calendar: calendar)
    }
    verdict.from = start
    verdict.due = limit
    return verdict
  }
}

/// The verdict on something that has not been done.
enum DueDates {
  static func notDone(
    due: CalendarDate, asOf: CalendarDate, dueSoon: (span: TimeSpan?, blame: Blame)?,
    calendar: WorkingCalendar?
  ) -> Verdict {
    if asOf > due {
      var verdict = Verdict(.overdue)
      verdict.daysLate = CalendarDate.days(from: due, to: asOf)
      return verdict
    }
    guard let dueSoon else { return Verdict(.pending) }
    // A warning that cannot be worked out, for example because its day lies outside the calendar,
    // would reach nobody in time; so the row cannot be judged.
    guard let span = dueSoon.span else { return .cannotJudge(.absent, dueSoon.blame) }
    guard let warning = (-span).added(to: due, in: calendar) else {
      return .cannotJudge(.adding(span))
    }
    return Verdict(asOf >= warning ? .dueSoon : .pending)
  }
}
