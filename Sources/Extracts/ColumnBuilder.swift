import Values
import WorkingTime

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
  /// As in `Column`.
  var texts: [Int32: String] = [:]
  /// As in `Column`.
  var unreadable: Set<Int32> = []

  init(type: FieldType, isKey: Bool) {
    self.type = type
    self.isKey = isKey && type == .string
  }

  /// Makes room for so many values.
  mutating func reserve(_ count: Int) {
    switch type {
    case .string where isKey: wide.reserveCapacity(count)
    case .string, .time, .date: narrow.reserveCapacity(count)
    case .integer, .datetime: wide.reserveCapacity(count)
    case .number: doubles.reserveCapacity(count)
    case .boolean: booleans.reserveCapacity(count)
    }
  }

  mutating func append(narrow value: Int32) { narrow.append(value) }
  mutating func append(wide value: Int64) { wide.append(value) }
  mutating func append(_ value: Double) { doubles.append(value) }
  mutating func append(_ value: Bool) { booleans.append(value ? 1 : 0) }

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

  /// The column, taken out.
  mutating func take(_ spill: ColumnSpill?) -> Column {
    var column = Column(type: type, isKey: isKey)
    switch type {
    case .string:
      column.storage =
        isKey ? .keys(ColumnValues(wide, in: spill)) : .strings(ColumnValues(narrow, in: spill))
    case .date: column.storage = .dates(ColumnValues(narrow, in: spill))
    case .time: column.storage = .times(ColumnValues(narrow, in: spill))
    case .integer: column.storage = .integers(ColumnValues(wide, in: spill))
    case .datetime: column.storage = .datetimes(ColumnValues(wide, in: spill))
    case .number: column.storage = .numbers(ColumnValues(doubles, in: spill))
    case .boolean: column.storage = .booleans(ColumnValues(booleans, in: spill))
    }
    column.texts = texts
    column.unreadable = unreadable
    self = ColumnBuilder(type: type, isKey: isKey)
    return column
  }
}
