extension TimeSpan {
  /// The sum of both spans, part by part.
  public static func + (a: TimeSpan, b: TimeSpan) -> TimeSpan {
    TimeSpan(
      months: sum(a.months, b.months), days: sum(a.days, b.days),
      workingDays: sum(a.workingDays, b.workingDays),
      seconds: a.isOnClock || b.isOnClock ? sum(a.seconds, b.seconds) : nil)
  }

  /// The first span minus the second, part by part.
  public static func - (a: TimeSpan, b: TimeSpan) -> TimeSpan { a + -b }

  /// The same length in the other direction.
  public static prefix func - (span: TimeSpan) -> TimeSpan {
    TimeSpan(
      months: opposite(span.months), days: opposite(span.days),
      workingDays: opposite(span.workingDays),
      seconds: span.isOnClock ? opposite(span.seconds) : nil)
  }

  /// Every part multiplied; nil if one would overflow `Int`.
  public func scaled(by factor: Int) -> TimeSpan? {
    let months = self.months.multipliedReportingOverflow(by: factor)
    let days = self.days.multipliedReportingOverflow(by: factor)
    let workingDays = self.workingDays.multipliedReportingOverflow(by: factor)
    let seconds = self.seconds.multipliedReportingOverflow(by: factor)
    guard !months.overflow, !days.overflow, !workingDays.overflow, !seconds.overflow else {
      return nil
    }
    return TimeSpan(
      months: months.partialValue, days: days.partialValue,
      workingDays: workingDays.partialValue, seconds: isOnClock ? seconds.partialValue : nil)
  }

  /// -1, 0 or 1 as this span is shorter than, equal to or longer than the other.
  ///
  /// Nil where the two are of different kinds: a month has no fixed number of days, nor a day of
  /// hours when the clocks change. Nothing at all compares with every span of one kind.
  public func compare(_ other: TimeSpan) -> Int? {
    if self == other { return 0 }
    guard let mine = onlyPart, let others = other.onlyPart else { return nil }
    guard mine.kind == others.kind || mine.amount == 0 || others.amount == 0 else { return nil }
    return mine.amount < others.amount ? -1 : 1
  }

  /// The one part that is not 0 (or any part, if all are 0); nil for a span of several kinds.
  private var onlyPart: (kind: Int, amount: Int)? {
    var found: (kind: Int, amount: Int)?
    for (kind, amount) in [months, days, workingDays, seconds].enumerated() where amount != 0 {
      if found != nil { return nil }
      found = (kind, amount)
    }
    return found ?? (0, 0)
  }

  /// A sum that saturates: once it has reached the bound it stays there.
  private static func sum(_ a: Int, _ b: Int) -> Int {
    if isBound(a) { return a }
    if isBound(b) { return b }
    let (value, overflow) = a.addingReportingOverflow(b)
    return overflow ? (a < 0 ? -Int.max : Int.max) : value
  }

  private static func opposite(_ a: Int) -> Int { a == .min ? .max : -a }

  private static func isBound(_ a: Int) -> Bool { a == .max || a <= -Int.max }
}
