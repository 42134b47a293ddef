public import Values

/// What an expression gives, known before any data is read.
public indirect enum ValueType: Hashable, Sendable {
  /// True or false.
  case bool
  /// A whole number of 64 bits.
  case int
  /// An IEEE double; an int may stand where a number is expected.
  case number
  /// Text.
  case string
  /// A day.
  case date
  /// A day with a time of day; compared with a date by its day.
  case datetime
  /// A time of day.
  case time
  /// An amount of months, days, working days or elapsed time.
  case duration
  /// A list of values of one type.
  case list(ValueType)
  /// A row of the table with this number.
  case row(Int)
  /// The periods that `spans` makes of the rows of the table with this number.
  ///
  /// Their bounds are date-times or dates.
  case period(Int, hasTimes: Bool)
  /// The element type of the empty list, and the type of a mistake that was already reported.
  case anything

  /// The type of a column's values.
  public init(_ type: FieldType) {
    switch type {
    case .string: self = .string
    case .integer: self = .int
    case .number: self = .number
    case .boolean: self = .bool
    case .date: self = .date
    case .datetime: self = .datetime
    case .time: self = .time
    }
  }

  /// True for date and datetime.
  public var isMoment: Bool { self == .date || self == .datetime || self == .anything }

  /// True for int and number.
  public var isNumeric: Bool { self == .int || self == .number || self == .anything }

  /// True where `<` has a meaning.
  public var isOrdered: Bool {
    switch self {
    case .bool, .int, .number, .string, .date, .datetime, .time, .duration, .anything: true
    case .list, .row, .period: false
    }
  }

  /// The one type that both fit, or nil: int fits number, date fits datetime.
  public func united(with other: ValueType) -> ValueType? {
    if self == other { return self }
    switch (self, other) {
    case (.anything, _): return other
    case (_, .anything): return self
    case (.int, .number), (.number, .int): return .number
    case (.date, .datetime), (.datetime, .date): return .datetime
    case (.list(let a), .list(let b)): return a.united(with: b).map { .list($0) }
    default: return nil
    }
  }
}
