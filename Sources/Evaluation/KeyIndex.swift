import Extracts
import Values
import WorkingTime

/// The first row of a table with a key, found in one step.
struct KeyIndex: Sendable {
  private enum Storage: Sendable {
    /// One text field: rows by the number of the text.
    case texts([Int32])
    case single([Int64: Int32])
    case compound([[Int64]: Int32])
    /// A field of the key is in no file: no row has one.
    case nothing
  }

  private var storage: Storage
  private let columns: [Column?]

  /// Indexes a table by some of its fields.
  init(_ table: Table, fields: [Int], textCount: Int) {
    columns = fields.map { table.columns[$0] }
    if columns.contains(where: { $0 == nil }) {
      storage = .nothing
    } else if columns.count == 1, let column = columns[0] {
      if case .strings(let values) = column.storage {
        var rows = [Int32](repeating: -1, count: textCount)
        for (row, text) in values.enumerated() where text >= 0 && rows[Int(text)] < 0 {
          rows[Int(text)] = Int32(row)
        }
        storage = .texts(rows)
      } else {
        var rows: [Int64: Int32] = [:]
        for row in 0..<table.rowCount {
          guard let key = column.key(at: row), rows[key] == nil else { continue }
          rows[key] = Int32(row)
        }
        storage = .single(rows)
      }
    } else {
      var rows: [[Int64]: Int32] = [:]
      for row in 0..<table.rowCount {
        guard let key = Self.key(of: columns, at: row), rows[key] == nil else { continue }
        rows[key] = Int32(row)
      }
      storage = .compound(rows)
    }
  }

  /// The parts of a row's key; nil where one is absent.
  static func key(of columns: [Column?], at row: Int) -> [Int64]? {
    var parts: [Int64] = []
    for column in columns {
      guard let part = column?.key(at: row) else { return nil }
      parts.append(part)
    }
    return parts
  }

  /// The first row of the indexed table with the key of a row of it; nil where a part of the key is absent.
  func firstRow(withKeyOf row: Int) -> Int? {
    if columns.count == 1, let column = columns[0] {
      if case .strings(let values) = column.storage, case .texts(let rows) = storage {
        return values[row] < 0 ? nil : Int(rows[Int(values[row])])
      }
      return column.key(at: row).flatMap { self.row(ofSingle: $0) }.map { Int($0) }
    }
    return Self.key(of: columns, at: row).flatMap { self.row(of: $0) }.map { Int($0) }
  }

  /// The first row with a key of these parts, or nil.
  func row(of parts: [Int64]) -> Int32? {
    switch storage {
    case .texts(let rows):
      guard let part = parts.first, part >= 0, part < rows.count else { return nil }
      return rows[Int(part)] < 0 ? nil : rows[Int(part)]
    case .single(let rows): return parts.first.flatMap { rows[$0] }
    case .compound(let rows): return rows[parts]
    case .nothing: return nil
    }
  }

  /// The first row with a key of one part, without an array for it.
  func row(ofSingle part: Int64) -> Int32? {
    switch storage {
    case .texts(let rows):
      guard part >= 0, part < rows.count, rows[Int(part)] >= 0 else { return nil }
      return rows[Int(part)]
    case .single(let rows): return rows[part]
    case .compound, .nothing: return row(of: [part])
    }
  }

  /// The key part that a computed value stands for in a field's column; nil where no row can have it.
  static func part(for value: Value, in column: Column?, pool: StringPool) -> Int64? {
    guard let column else { return nil }
    switch (column.storage, value) {
    case (.strings, .string(let text)): return pool.existingNumber(of: text).map(Int64.init)
    case (.integers, .int(let number)): return number
    case (.integers, .number(let number)): return Int64(exactly: number)
    case (.numbers, .int(let number)): return Int64(bitPattern: Double(number).bitPattern)
    case (.numbers, .number(let number)): return Int64(bitPattern: (number + 0).bitPattern)
    case (.booleans, .bool(let flag)): return flag ? 1 : 0
    case (.dates, .date(let date)): return Int64(date.dayNumber)
    case (.dates, .datetime(let moment)): return Int64(moment.date.dayNumber)
    case (.datetimes, .datetime(let moment)): return moment.seconds << 1
    case (.times, .time(let time)): return Int64(time.secondOfDay)
    default: return nil
    }
  }
}
