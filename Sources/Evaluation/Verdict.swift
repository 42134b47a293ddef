import Exceptions
import WorkingTime

/// The verdict of a rule on a row, or on one occasion of it.
struct Verdict: Sendable {
  typealias Status = VerdictStatus

  /// Why a row cannot be judged.
  enum Obstacle: Sendable {
    /// A value is absent; the blame says which.
    case absent
    /// The result is absent although no input is: the first of an empty list, a division by zero.
    case noResult
    /// The date of completion is before the start of the clock.
    case endedBeforeItBegan
    /// The end of the duty is before its start.
    case closedBeforeItBegan
    /// A limit reads a value that differs between the rows of its group.
    case differs
    /// The cell of the end cannot be read.
    case unreadable
    /// A sum of days goes beyond the years that the calendar covers.
    case outsideCalendar
    /// The result is absent although no input is, and a date that it is worked out from may lie
    /// outside the years that the calendar covers.
    case perhapsOutsideCalendar
    /// A sum of time leads beyond all dates.
    case noSuchDate
    /// A sum of hours leads beyond the years in which the clock is known.
    case noSuchHour

    /// Why an amount of time added to a date gives none.
    static func adding(_ span: TimeSpan) -> Obstacle {
      if span.workingDays != 0 { return .outsideCalendar }
      return span.seconds == 0 ? .noSuchDate : .noSuchHour
    }
  }

  var status: Status
  /// From 1; 0 where the rule does not repeat.
  var occasion = 0
  var from: DueMoment?
  var due: DueMoment?
  var done: DueMoment?
  /// The time from the start to the due date.
  var span: TimeSpan?
  /// The last day on which an occasion that can no longer be met counts as late.
  var until: CalendarDate?
  var daysLate: Int?
  var obstacle = Obstacle.absent
  var blame = Blame.none

  init(_ status: Status) { self.status = status }

  /// Whether somebody has to look at it now or soon.
  var needsPerson: Bool { status != .met && status != .pending }

  static func cannotJudge(_ obstacle: Obstacle = .absent, _ blame: Blame = .none) -> Verdict {
    var verdict = Verdict(.cannotJudge)
    verdict.obstacle = obstacle == .absent && blame.isNone ? .noResult : obstacle
    verdict.blame = blame
    return verdict
  }

  /// The days are kept where no cell is known to hold the end: the exception then names both.
  static func cannotJudge(
    _ obstacle: Obstacle, _ end: EndCell.Place, from: DueMoment, done: DueMoment
  ) -> Verdict {
    var verdict = cannotJudge(obstacle, end.blame)
    if !end.holdsEnd {
      verdict.from = from
      verdict.done = done
    }
    return verdict
  }
}

extension VerdictStatus {
  /// Whether the rule is broken.
  var isBroken: Bool { self == .failed || self == .late || self == .overdue }
}

extension VerdictCounts {
  mutating func count(_ status: Verdict.Status, times: Int = 1) {
    switch status {
    case .met: met += times
    case .failed: failed += times
    case .late: late += times
    case .overdue: overdue += times
    case .dueSoon: dueSoon += times
    case .pending: pending += times
    case .cannotJudge: cannotJudge += times
    }
  }
}

extension DueMoment {
  init?(_ value: Value) {
    switch value {
    case .date(let date): self = .day(date)
    case .datetime(let moment): self = .minute(moment)
    default: return nil
    }
  }

  /// The moment as a value of the expression language, for messages.
  var value: Value {
    switch self {
    case .day(let date): .date(date)
    case .minute(let moment): .datetime(moment)
    }
  }

  /// Whether this comes after another: by the minute if both have one, otherwise by the day.
  ///
  /// A time that the clocks skipped in spring counts as one hour later.
  func isAfter(_ other: DueMoment) -> Bool {
    if case .minute(let a) = self, case .minute(let b) = other {
      guard let first = LondonClock.utc(of: a), let second = LondonClock.utc(of: b) else {
        return a.truncatedToMinute > b.truncatedToMinute
      }
      return isLaterMinute(first, than: second)
    }
    return date > other.date
  }

  /// Whether this comes after a span of hours from `start` has elapsed, to the minute.
  ///
  /// A time that occurs twice in autumn means the first of the two, but a span may end in the
  /// second. Nil without a clock to go by.
  func isAfter(_ span: TimeSpan, from start: DueMoment, in calendar: WorkingCalendar?) -> Bool? {
    guard span.isOnClock, case .minute(let begun) = start, case .minute(let done) = self,
      let end = span.utc(after: begun, in: calendar), let now = LondonClock.utc(of: done)
    else { return nil }
    return isLaterMinute(now, than: end)
  }
}

/// Whether one number of seconds is in a later minute than another.
private func isLaterMinute(_ a: Int64, than b: Int64) -> Bool {
  LocalDateTime(seconds: a).truncatedToMinute > LocalDateTime(seconds: b).truncatedToMinute
}
