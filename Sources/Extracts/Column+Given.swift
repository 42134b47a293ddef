import Values

extension Column {
  /// True where the cell held anything but a missing value, even if unreadable.
  public func isGiven(at row: Int) -> Bool {
    storage.holds(row) || unreadable.contains(Int32(row))
  }

  /// The same as a function of the row, to be asked of many; false throughout without a column.
  ///
  /// It holds no more of the column than it reads: what holds a whole column copies it for each
  /// row.
  public static func givenRows(of column: Column?) -> @Sendable (Int) -> Bool {
    guard let column else { return { _ in false } }
    let (storage, unreadable) = (column.storage, column.unreadable)
    if unreadable.isEmpty { return { storage.holds($0) } }
    return { storage.holds($0) || unreadable.contains(Int32($0)) }
  }
}

extension Column.Storage {
  /// Whether there is a value in a row.
  @inline(__always)
  fileprivate func holds(_ row: Int) -> Bool {
    switch self {
    case .strings(let values), .times(let values): values[row] >= 0
    case .keys(let values): values[row] >= 0
    case .integers(let values), .datetimes(let values): values[row] != .min
    case .numbers(let values): !values[row].isNaN
    case .booleans(let values): values[row] <= 1
    case .dates(let values): values[row] != .min
    }
  }
}
