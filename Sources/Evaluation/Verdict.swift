import Exceptions
import WorkingTime

/// What a rule says of a row, or of one occasion of it.
struct Verdict: Sendable {
  enum Status: String, Sendable {
    case met
    case failed
    case late
    case overdue
    case dueSoon = "due-soon"
    case pending
    case cannotJudge = "cannot-judge"

    /// Whether the rule is not kept.
    var isBroken: Bool { self == .failed || self == .late || self == .overdue }
  }

  /// Why a row cannot be judged.
  enum Obstacle: Sendable {
    /// A value is absent; the blame says which.
    case absent
    /// The result is absent though no value that it is made of is: the first of an empty list, a
    /// division by zero.
    case noResult
    /// What was done is dated before the clock started.
    case endedBeforeItBegan
    /// The end of the duty is dated before its start.
    case closedBeforeItBegan
    /// A limit reads of a row what the rows of the group do not share.
    case differs
    /// The cell of the end holds something that cannot be read.
    case unreadable
    /// A sum of days leaves the years that the calendar covers.
    case outsideCalendar
  }

  var status: Status
  /// From 1; 0 where the rule does not repeat.
  var occasion = 0
  var from: DueMoment?
  var due: DueMoment?
  var done: DueMoment?
  /// The time from the start to the due date.
  var span: TimeSpan?
  /// The day up to which an occasion that can no longer be met is late.
  var until: CalendarDate?
  var daysLate: Int?
  var obstacle = Obstacle.absent
  var blame = Blame.none

  init(_ status: Status) { self.status = status }

  /// Whether somebody has to see it, or will have to soon.
  var needsPerson: Bool { status != .met && status != .pending }

  static func cannotJudge(_ obstacle: Obstacle = .absent, _ blame: Blame = .none) -> Verdict {
    var verdict = Verdict(.cannotJudge)
    verdict.obstacle = obstacle == .absent && blame.isNone ? .noResult : obstacle
    verdict.blame = blame
    return verdict
  }
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

  /// As a value of the expression language, for messages.
  var value: Value {
    switch self {
    case .day(let date): .date(date)
    case .minute(let moment): .datetime(moment)
    }
  }

  /// Whether this comes after another: by the minute where both have one, by the day otherwise.
  ///
  /// A time that the clocks skipped in spring is an hour later than it says.
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
  /// What occurs twice in autumn is the first of the two, but a span may end in the second. Nil
  /// where there is no clock to go by.
  func isAfter(_ span: TimeSpan, from start: DueMoment, in calendar: WorkingCalendar?) -> Bool? {
    guard span.seconds != 0, case .minute(let begun) = start, case .minute(let done) = self,
      let end = span.utc(after: begun, in: calendar), let now = LondonClock.utc(of: done)
    else { return nil }
    return isLaterMinute(now, than: end)
  }
}

/// Whether seconds lie in a later minute than others do.
private func isLaterMinute(_ a: Int64, than b: Int64) -> Bool {
  LocalDateTime(seconds: a).truncatedToMinute > LocalDateTime(seconds: b).truncatedToMinute
}
