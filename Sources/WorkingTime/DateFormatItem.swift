/// One step of a compiled date format.
enum DateFormatItem: Hashable, Sendable {
  /// Exactly this byte.
  case literal(UInt8)
  /// The start of an optional group, whose items end before the index `end`.
  case group(end: Int)
  /// One or two digits; always two where `fixed`, because a digit may stand next to them.
  case day(fixed: Bool)
  case month(fixed: Bool)
  case hour(fixed: Bool)
  case hour12(fixed: Bool)
  /// Always two digits.
  case minute
  case second
  case shortYear
  /// Always three digits.
  case dayOfYear
  /// Always four digits.
  case year
  case monthName
  case shortMonthName
  /// AM or PM.
  case half

  /// The part of a date or time that this reads, in words; nil for literals and groups.
  var part: String? {
    switch self {
    case .literal, .group: nil
    case .day: "day"
    case .month, .monthName, .shortMonthName: "month"
    case .hour, .hour12: "hour"
    case .minute: "minute"
    case .second: "second"
    case .shortYear, .year: "year"
    case .dayOfYear: "day of the year"
    case .half: "half of the day"
    }
  }

  /// Whether this may read a digit, so that a neighbouring item could claim it.
  var readsDigits: Bool {
    switch self {
    case .literal(let byte): 48...57 ~= byte
    case .group, .monthName, .shortMonthName, .half: false
    default: true
    }
  }

  /// The same step, never reading a single digit.
  var fixed: DateFormatItem {
    switch self {
    case .day: .day(fixed: true)
    case .month: .month(fixed: true)
    case .hour: .hour(fixed: true)
    case .hour12: .hour12(fixed: true)
    default: self
    }
  }
}
