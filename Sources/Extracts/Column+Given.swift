import Values

extension Column {
  /// True where the cell held anything but a missing value, even if unreadable.
  public func isGiven(at row: Int) -> Bool {
    let holds =
      switch storage {
      case .strings(let values), .times(let values): values[row] >= 0
      case .keys(let values): values[row] >= 0
      case .integers(let values), .datetimes(let values): values[row] != .min
      case .numbers(let values): !values[row].isNaN
      case .booleans(let values): values[row] <= 1
      case .dates(let values): values[row] != .min
      }
    return holds || unreadable.contains(Int32(row))
  }

  /// The same as a function of the row, to be asked of many; false throughout without a column.
  ///
  /// It holds no more of the column than it reads, and is never in an optional: calls of functions
  /// that were take longer.
  public static func givenRows(of column: Column?) -> @Sendable (Int) -> Bool {
    guard let column else { return { _ in false } }
    let unreadable = column.unreadable
    func rows(_ holds: @escaping @Sendable (Int) -> Bool) -> @Sendable (Int) -> Bool {
      if unreadable.isEmpty { return holds }
      return { holds($0) || unreadable.contains(Int32($0)) }
    }
    switch column.storage {
    case .strings(let values), .times(let values): return rows { values[$0] >= 0 }
    case .keys(let values): return rows { values[$0] >= 0 }
    case .integers(let values), .datetimes(let values): return rows { values[$0] != .min }
    case .numbers(let values): return rows { !values[$0].isNaN }
    case .booleans(let values): return rows { values[$0] <= 1 }
    case .dates(let values): return rows { values[$0] != .min }
    }
  }
}
