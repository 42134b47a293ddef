import Values

/// Room for all values of a column, in which the parts of its files are written in parallel.
enum StorageRoom: Sendable {
  case strings(ColumnRoom<Int32>)
  case keys(ColumnRoom<Int64>)
  case integers(ColumnRoom<Int64>)
  case numbers(ColumnRoom<Double>)
  case booleans(ColumnRoom<UInt8>)
  case dates(ColumnRoom<Int32>)
  case datetimes(ColumnRoom<Int64>)
  case times(ColumnRoom<Int32>)

  /// Makes room for this many values, at least one, of the type of a storage.
  init(like storage: Column.Storage, count: Int, in spill: ColumnSpill?) {
    self =
      switch storage {
      case .strings: .strings(ColumnRoom(count: count, in: spill))
      case .keys: .keys(ColumnRoom(count: count, in: spill))
      case .integers: .integers(ColumnRoom(count: count, in: spill))
      case .numbers: .numbers(ColumnRoom(count: count, in: spill))
      case .booleans: .booleans(ColumnRoom(count: count, in: spill))
      case .dates: .dates(ColumnRoom(count: count, in: spill))
      case .datetimes: .datetimes(ColumnRoom(count: count, in: spill))
      case .times: .times(ColumnRoom(count: count, in: spill))
      }
  }

  /// A stretch of places that no other stretch shares.
  func stretch(_ places: Range<Int>) -> StorageStretch {
    switch self {
    case .strings(let room): .strings(ColumnStretch(room, places))
    case .keys(let room): .keys(ColumnStretch(room, places))
    case .integers(let room): .integers(ColumnStretch(room, places))
    case .numbers(let room): .numbers(ColumnStretch(room, places))
    case .booleans(let room): .booleans(ColumnStretch(room, places))
    case .dates(let room): .dates(ColumnStretch(room, places))
    case .datetimes(let room): .datetimes(ColumnStretch(room, places))
    case .times(let room): .times(ColumnStretch(room, places))
    }
  }
}

/// The stretch of a room that one part of a file writes.
enum StorageStretch: Sendable {
  case strings(ColumnStretch<Int32>)
  case keys(ColumnStretch<Int64>)
  case integers(ColumnStretch<Int64>)
  case numbers(ColumnStretch<Double>)
  case booleans(ColumnStretch<UInt8>)
  case dates(ColumnStretch<Int32>)
  case datetimes(ColumnStretch<Int64>)
  case times(ColumnStretch<Int32>)

  /// Writes more values; where they are too many or of another kind, writes none and returns false.
  mutating func append(_ values: Span<Int32>) -> Bool {
    switch self {
    case .strings(var stretch):
      defer { self = .strings(stretch) }
      return stretch.append(values)
    case .dates(var stretch):
      defer { self = .dates(stretch) }
      return stretch.append(values)
    case .times(var stretch):
      defer { self = .times(stretch) }
      return stretch.append(values)
    default: return false
    }
  }

  /// As for narrow values.
  mutating func append(_ values: Span<Int64>) -> Bool {
    switch self {
    case .keys(var stretch):
      defer { self = .keys(stretch) }
      return stretch.append(values)
    case .integers(var stretch):
      defer { self = .integers(stretch) }
      return stretch.append(values)
    case .datetimes(var stretch):
      defer { self = .datetimes(stretch) }
      return stretch.append(values)
    default: return false
    }
  }

  /// As for narrow values.
  mutating func append(_ values: Span<Double>) -> Bool {
    guard case .numbers(var stretch) = self else { return false }
    defer { self = .numbers(stretch) }
    return stretch.append(values)
  }

  /// As for narrow values.
  mutating func append(_ values: Span<UInt8>) -> Bool {
    guard case .booleans(var stretch) = self else { return false }
    defer { self = .booleans(stretch) }
    return stretch.append(values)
  }

  /// The values written; nothing may be written after that.
  var values: Column.Storage {
    switch self {
    case .strings(let stretch): .strings(stretch.values)
    case .keys(let stretch): .keys(stretch.values)
    case .integers(let stretch): .integers(stretch.values)
    case .numbers(let stretch): .numbers(stretch.values)
    case .booleans(let stretch): .booleans(stretch.values)
    case .dates(let stretch): .dates(stretch.values)
    case .datetimes(let stretch): .datetimes(stretch.values)
    case .times(let stretch): .times(stretch.values)
    }
  }
}

/// The rooms of a table's columns and of its lines.
struct TableRoom: Sendable {
  /// The rooms by field; nil for a field that is not kept.
  let columns: [StorageRoom?]
  let lines: ColumnRoom<Int32>

  /// Makes room for this many rows, at least one, of a reader's table.
  init(_ reader: TableReader, rows: Int, in spill: ColumnSpill?) {
    columns = reader.fields.map { field in
      field.isKept
        ? StorageRoom(
          like: Column(type: field.type, isKey: field.builder.isKey).storage, count: rows,
          in: spill) : nil
    }
    lines = ColumnRoom(count: rows, in: spill)
  }
}
