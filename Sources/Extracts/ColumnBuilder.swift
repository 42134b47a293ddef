import Values

/// A column under construction.
///
/// Only the array of its type is used.
struct ColumnBuilder {
  let type: FieldType
  /// Whether its texts are kept by their codes.
  let isKey: Bool
  /// Strings, dates and times.
  private var narrow: [Int32] = []
  /// Integers, date-times and the texts of keys.
  private var wide: [Int64] = []
  private var doubles: [Double] = []
  private var booleans: [UInt8] = []
  /// Where the values finally stay, except for those added since they were last moved there.
  private var stretch: StorageStretch?
  /// As in `Column`.
  var texts = KeptTexts()
  /// As in `Column`.
  var unreadable: Set<Int32> = []

  init(type: FieldType, isKey: Bool) {
    self.type = type
    self.isKey = isKey && type == .string
  }

  mutating func append(narrow value: Int32) { narrow.append(value) }
  mutating func append(wide value: Int64) { wide.append(value) }
  mutating func append(_ value: Double) { doubles.append(value) }
  mutating func append(_ value: Bool) { booleans.append(value ? 1 : 0) }

  /// Appends at most this many narrow values as they are written; returns how many were.
  @inline(__always)
  mutating func appendNarrow(upTo most: Int, _ write: (inout OutputSpan<Int32>) -> Void) -> Int {
    let before = narrow.count
    narrow.append(addingCapacity: most, initializingWith: write)
    return narrow.count - before
  }

  /// As `appendNarrow`.
  @inline(__always)
  mutating func appendWide(upTo most: Int, _ write: (inout OutputSpan<Int64>) -> Void) -> Int {
    let before = wide.count
    wide.append(addingCapacity: most, initializingWith: write)
    return wide.count - before
  }

  /// As `appendNarrow`, for booleans in the form that `Column` has.
  @inline(__always)
  mutating func appendBooleans(upTo most: Int, _ write: (inout OutputSpan<UInt8>) -> Void) -> Int {
    let before = booleans.count
    booleans.append(addingCapacity: most, initializingWith: write)
    return booleans.count - before
  }

  mutating func appendAbsent(_ count: Int = 1) {
    for _ in 0..<count {
      switch type {
      case .string where isKey: wide.append(-1)
      case .string, .time: narrow.append(-1)
      case .date: narrow.append(.min)
      case .integer, .datetime: wide.append(.min)
      case .number: doubles.append(.nan)
      case .boolean: booleans.append(2)
      }
    }
  }

  /// Makes its values stay in a stretch of the table's room.
  mutating func use(_ stretch: StorageStretch) { self.stretch = stretch }

  /// Moves the values to their final place, if they have one.
  mutating func flush() {
    guard let known = stretch else { return }
    var written = known
    let fits =
      switch type {
      case .string where isKey: written.append(wide.span)
      case .string, .time, .date: written.append(narrow.span)
      case .integer, .datetime: written.append(wide.span)
      case .number: written.append(doubles.span)
      case .boolean: written.append(booleans.span)
      }
    // Records after a segment, read only to tell a footer from a row, have no places in the
    // stretch.
    if !fits { return leaveStretch() }
    stretch = written
    narrow.removeAll(keepingCapacity: true)
    wide.removeAll(keepingCapacity: true)
    doubles.removeAll(keepingCapacity: true)
    booleans.removeAll(keepingCapacity: true)
  }

  private mutating func leaveStretch() {
    switch exchange(&stretch, for: nil)?.values {
    case .strings(let values), .dates(let values), .times(let values):
      narrow.insert(contentsOf: values, at: 0)
    case .keys(let values), .integers(let values), .datetimes(let values):
      wide.insert(contentsOf: values, at: 0)
    case .numbers(let values): doubles.insert(contentsOf: values, at: 0)
    case .booleans(let values): booleans.insert(contentsOf: values, at: 0)
    case nil: break
    }
  }

  /// Takes the column out.
  mutating func take(_ spill: ColumnSpill?) -> Column {
    var column = Column(type: type, isKey: isKey)
    flush()
    column.storage = stretch?.values ?? storage(spill)
    column.holdsNumbers = column.storage.holdsNumbers
    column.texts = texts
    column.unreadable = unreadable
    self = ColumnBuilder(type: type, isKey: isKey)
    return column
  }

  private func storage(_ spill: ColumnSpill?) -> Column.Storage {
    switch type {
    case .string:
      isKey ? .keys(ColumnValues(wide, in: spill)) : .strings(ColumnValues(narrow, in: spill))
    case .date: .dates(ColumnValues(narrow, in: spill))
    case .time: .times(ColumnValues(narrow, in: spill))
    case .integer: .integers(ColumnValues(wide, in: spill))
    case .datetime: .datetimes(ColumnValues(wide, in: spill))
    case .number: .numbers(ColumnValues(doubles, in: spill))
    case .boolean: .booleans(ColumnValues(booleans, in: spill))
    }
  }
}

extension Column.Storage {
  /// Whether some text is a number in a pool.
  fileprivate var holdsNumbers: Bool {
    guard case .keys(let codes) = self else { return true }
    // An absent value has all bits set, including the one that marks a code.
    return !TextCode.isCode(codes.reduce(.max) { $0 & $1 })
  }
}
