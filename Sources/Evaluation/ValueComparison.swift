import Values
import WorkingTime

extension Value {
  /// Compares two values of types that the checker has found comparable; nil where there is no
  /// order, as for amounts of days and of months.
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

  /// The order in which `sortBy` puts two values: of one day the bare date comes before its times,
  /// with which it compares as equal, since no order could be made of that; what has no order is as
  /// good as equal.
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

  /// Whether two values are equal; absent where either is, or holds an element that is.
  static func equality(_ a: Value, _ b: Value) -> Value {
    switch (a, b) {
    case (.absent, _): return a
    case (_, .absent): return b
    case (.row(let x), .row(let y)): return .bool(x == y)
    case (.string(let x), .string(let y)): return .bool(x == y)
    case (.duration(let x), .duration(let y)): return .bool(x == y)
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

  /// A key under which equal values meet; it may be coarser than equality.
  ///
  /// Nil for absent and for what has no key.
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

/// What joins on equality are indexed by.
enum JoinKey: Hashable, Sendable {
  case text(Text)
  case number(Double)
  case other(Int64)
  case duration(TimeSpan)
  case row(RowID)
  indirect case list([JoinKey])

  /// The key of several values together; nil where one is absent, so that nothing equals them.
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
