/// The cells of one exception's row in a list, one after the other, in UTF-8.
///
/// What the row has in common with others is left out.
public struct ExceptionCells: Sendable {
  /// The cells, in this order.
  public static let order: [ExceptionCell] = [
    .worker, .personID, .table, .recordID, .field, .value, .from, .dueOn, .doneOn, .sourceFile,
  ]

  /// The bytes of all cells.
  public var bytes: [UInt8] = []
  /// Where each cell ends.
  public private(set) var ends: [Int] = []
  /// Calendar days from the due date to when it was done, or to the as-of date.
  public var daysLate: Int?
  /// The physical line on which the record starts, from 1.
  public var sourceLine: Int?

  /// No cells.
  public init() {
    bytes.reserveCapacity(512)
    ends.reserveCapacity(Self.order.count)
  }

  /// Removes the cells, but keeps their memory.
  public mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
    (daysLate, sourceLine) = (nil, nil)
  }

  /// Ends a cell whose bytes have been appended.
  public mutating func end() { ends.append(bytes.count) }

  /// Writes a cell.
  public mutating func add(_ text: String) {
    bytes.append(contentsOf: text.utf8)
    end()
  }

  /// Writes a cell that is already UTF-8.
  public mutating func add(_ text: Span<UInt8>) {
    bytes.append(copying: text)
    end()
  }

  /// Writes some rows in turn with `write`, and calls `row` for each.
  ///
  /// `row` gets whether the message and fix are known to be those of the row before, and the cells.
  public mutating func write(
    _ exceptions: ArraySlice<CaseException>,
    by write: (ExceptionRecord, inout ExceptionCells) -> Void,
    haveSameAdvice: (ExceptionRecord, ExceptionRecord) -> Bool,
    row: (ExceptionRecord, Bool, borrowing ExceptionCells) -> Void
  ) {
    var last: ExceptionRecord?
    for place in exceptions.indices {
      let record = exceptions[place].record
      clear()
      write(record, &self)
      row(record, last.map { haveSameAdvice($0, record) } ?? false, self)
      last = record
    }
  }
}

extension [UInt8] {
  /// Appends bytes without retaining the object that holds them.
  ///
  /// Threads that write lists side by side would otherwise take its reference count from each
  /// other's cache with every row.
  public mutating func append(copying other: Span<UInt8>) {
    append(addingCapacity: other.count) { room in
      for place in other.indices { room.append(other[place]) }
    }
  }
}
