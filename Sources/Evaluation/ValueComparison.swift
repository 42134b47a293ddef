import Values
import WorkingTime

extension Value {
  /// Compares two values of types that the checker found comparable.
  ///
  /// Nil if they have no order, such as amounts of days and of months.
  static func order(_ a: Value, _ b: Value) -> Int? {
    switch (a, b) {
    case (.int(let x), .int(let y)): return order(x, y)
    case (.string(let x), .string(let y)): return x == y ? 0 : (x < y ? -1 : 1)
    case (.bool(let x), .bool(let y)): return order(x ? 1 : 0, y ? 1 : 0)
    case (.datetime(let x), .datetime(let y)): return order(x, y)
    case (.time(let x), .time(let y)): return order(x, y)
    case (.duration(let x), .duration(let y)): return x.compare(y)
    default: break
    }
    if let x = a.double, let y = b.double { return order(x, y) }
    // A comparison of a date with a date-time compares dates.
    if let x = a.day, let y = b.day { return order(x, y) }
    return nil
  }

  /// The order of two values in `sortBy`.
  ///
  /// On one day, the bare date comes before the date-times. They compare as equal, but that would
  /// not give a consistent order. Values that have no order count as equal.
  static func sortingOrder(_ a: Value, _ b: Value) -> Int {
    guard let order = order(a, b) else { return 0 }
    guard order == 0 else { return order }
    switch (a, b) {
    case (.date, .datetime): return -1
    case (.datetime, .date): return 1
    default: return 0
    }
  }

  private static func order<T: Comparable>(_ a: T, _ b: T) -> Int { a < b ? -1 : (a == b ? 0 : 1) }

  /// Whether two values are equal.
  ///
  /// Absent if either is absent or contains an absent element, and for amounts of time of kinds
  /// that have no order, such as months and days.
  static func equality(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.absent, _): return a
    case (_, .absent): return b
    case (.row(let x), .row(let y)): return .bool(x == y)
    case (.string(let x), .string(let y)): return .bool(x == y)
    // A month is neither 30 days nor not: as with their order, nothing can be said.
    case (.duration(let x), .duration(let y)):
      return x.compare(y).map { .bool($0 == 0) } ?? .unexplained
    case (.list(let x), .list(let y)):
      guard x.count == y.count else { return .bool(false) }
      for (one, other) in zip(x, y) {
        let equal = equality(one, other)
        if case .bool(true) = equal { continue }
        return equal
      }
      return .bool(true)
    case (.period(let x), .period(let y)):
      return equality(.list(x.rows), .list(y.rows))
    default:
      return .bool(order(a, b) == 0)
    }
  }

  /// Whether two values are known to be equal.
  static func areEqual(_ a: Value, _ b: Value) -> Bool {
    if case .bool(true) = equality(a, b) { return true }
    return false
  }

  /// Whether a value is equal to this one only if it has the same key, and else certainly is not.
  ///
  /// Amounts of time of different kinds are neither.
  var isFoundByKey: Bool {
    switch self {
    case .absent, .duration, .list, .period: false
    default: true
    }
  }

  /// A key that is the same for equal values, and may be so for others too.
  ///
  /// Nil for absent values and for those without a key.
  var joinKey: JoinKey? {
    switch self {
    case .absent: nil
    case .list(let values): JoinKey(values)
    case .period(let period): JoinKey(period.rows)
    case .bool(let value): .other(value ? 1 : 0)
    case .int(let value): .number(Double(value))
    case .number(let value): .number(value == 0 ? 0 : value)
    case .string(let text): .text(text)
    case .date(let date): .other(Int64(date.dayNumber))
    case .datetime(let moment): .other(Int64(moment.date.dayNumber))
    case .time(let time): .other(Int64(time.secondOfDay))
    case .duration(let span): .duration(span)
    case .row(let id): .row(id)
    }
  }
}

/// The keys of indices for joins on equality.
enum JoinKey: Hashable, Sendable {
  case text(Text)
  case number(Double)
  case other(Int64)
  case duration(TimeSpan)
  case row(RowID)
  indirect case list([JoinKey])

  /// The joint key of several values; nil if one is absent, since nothing equals it.
  init?(_ values: [Value]) {
    var keys: [JoinKey] = []
    keys.reserveCapacity(values.count)
    for value in values {
      guard let key = value.joinKey else { return nil }
      keys.append(key)
    }
    self = .list(keys)
  }
}
