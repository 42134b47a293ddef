import WorkingTime

/// The units in which an amount of time is counted, as far as an expression shows them.
///
/// A month has 28 to 31 days, and working days have no fixed length in days. Amounts of different
/// kinds therefore have no order, and comparing them would be absent for every record.
struct SpanKinds: OptionSet {
  let rawValue: Int

  static let days = SpanKinds(rawValue: 1)
  static let hours = SpanKinds(rawValue: 2)
  static let months = SpanKinds(rawValue: 4)
  static let workingDays = SpanKinds(rawValue: 8)

  /// The kinds that the amount of a step may be of; empty where that is not known.
  ///
  /// `isDay` tells of a step whether it is known to give a day without a time.
  static func of(
    _ node: CheckedExpression.Node, where isDay: (CheckedExpression.Node) -> Bool
  ) -> SpanKinds {
    switch node {
    case .constant(.duration(let span)):
      var kinds: SpanKinds = []
      if span.days != 0 { kinds.insert(.days) }
      if span.seconds != 0 { kinds.insert(.hours) }
      if span.months != 0 { kinds.insert(.months) }
      if span.workingDays != 0 { kinds.insert(.workingDays) }
      return kinds
    case .call(.days, _), .call(.weeks, _): return .days
    case .call(.hours, _): return .hours
    case .call(.months, _), .call(.years, _): return .months
    case .call(.workingDays, _): return .workingDays
    // A difference between two days is in days, and so it is where one is a time; between two times
    // it is in hours, but a cell of theirs may hold a day alone.
    case .arithmetic(.subtract, let a, let b) where isDay(a) || isDay(b): return .days
    case .arithmetic(.subtract, let a, let b) where isMoment(a) || isMoment(b):
      return [.days, .hours]
    default: return []
    }
  }

  /// Whether a step is known to give a day or a time and no amount.
  private static func isMoment(_ node: CheckedExpression.Node) -> Bool {
    switch node {
    case .asOf, .constant(.date), .constant(.datetime), .field: true
    default: false
    }
  }

  /// Why amounts of such kinds have no order.
  var reason: String {
    if contains(.months) { return "a month has 28 to 31 days" }
    return contains(.workingDays)
      ? "not every day is a working day" : "a day may have 23 or 25 hours"
  }

  /// The words for what is counted.
  var words: String {
    switch self {
    case .months: "months"
    case .workingDays: "working days"
    case .hours: "hours"
    default: "days"
    }
  }
}
