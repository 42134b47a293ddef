/// A length of time as a rule states it, before it is applied to a calendar.
///
/// The parts are kept apart because no number of days is a month and no number of working days is a
/// week. A part that would overflow `Int` stays at its bound for good, as infinity does, and adding
/// such a span to a date gives nil: no sum traps and none wraps round. Spans of the same parts are
/// equal.
@frozen
public struct TimeSpan: Hashable, Sendable {
  /// Months; a year is 12 of them.
  public var months: Int
  /// Calendar days; a week is 7 of them.
  public var days: Int
  /// Working days, by whichever calendar the span is applied to.
  public var workingDays: Int
  /// Elapsed seconds; an hour is 3600 of them.
  public var seconds: Int
  /// Whether it elapses on the clock, as hours do: then something falls due at a minute, even after
  /// no hours at all.
  public var isOnClock: Bool

  /// A span of the given parts; those left out are 0.
  @inlinable
  public init(months: Int = 0, days: Int = 0, workingDays: Int = 0, seconds: Int? = nil) {
    self.months = months
    self.days = days
    self.workingDays = workingDays
    self.seconds = seconds ?? 0
    isOnClock = seconds != nil
  }

  /// Whether all parts are equal.
  @inlinable
  public static func == (a: TimeSpan, b: TimeSpan) -> Bool {
    a.months == b.months && a.days == b.days && a.workingDays == b.workingDays
      && a.seconds == b.seconds
  }

  /// Hashes the parts.
  @inlinable
  public func hash(into hasher: inout Hasher) {
    hasher.combine(months)
    hasher.combine(days)
    hasher.combine(workingDays)
    hasher.combine(seconds)
  }
}

extension TimeSpan {
  /// No time at all.
  public static let zero = TimeSpan()

  /// A span of calendar days.
  public static func days(_ count: Int) -> TimeSpan { TimeSpan(days: count) }
  /// A span of working days.
  public static func workingDays(_ count: Int) -> TimeSpan { TimeSpan(workingDays: count) }
  /// A span of weeks, 7 days each.
  public static func weeks(_ count: Int) -> TimeSpan { TimeSpan(days: product(count, 7)) }
  /// A span of calendar months.
  public static func months(_ count: Int) -> TimeSpan { TimeSpan(months: count) }
  /// A span of years, 12 months each.
  public static func years(_ count: Int) -> TimeSpan { TimeSpan(months: product(count, 12)) }
  /// A span of elapsed hours, 3600 seconds each.
  public static func hours(_ count: Int) -> TimeSpan { TimeSpan(seconds: product(count, 3600)) }

  private static func product(_ count: Int, _ factor: Int) -> Int {
    let (value, overflow) = count.multipliedReportingOverflow(by: factor)
    return overflow ? (count < 0 ? -Int.max : Int.max) : value
  }
}
