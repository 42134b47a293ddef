import Extracts
import Values
import WorkingTime

/// The first row of a table with a key, found in one step.
struct KeyIndex: Sendable {
  private enum Storage: Sendable {
    case single(SingleKeys)
    case compound(CompoundKeys)
    /// Nothing to look up: a key field is in no file, so no row has a key, or no look-up is needed.
    case nothing
  }

  private var storage: Storage
  /// The rows whose key an earlier row has, with the first such row, in the order of the files.
  let repeats: [(row: Int32, first: Int32)]
  /// The rows in which a part of the key is absent.
  let rowsWithoutKey: [Int32]

  /// Indexes a table by some of its fields; without look-up, only repeated and missing keys are
  /// found.
  init(
    _ table: Table, fields: [Int], isLookedUp: Bool = true, pool: StringPool, spill: ColumnSpill?
  ) {
    let columns = fields.map { table.columns[$0]?.asKey(in: pool, spill) }
    if columns.contains(where: { $0 == nil }) {
      storage = .nothing
      repeats = []
      rowsWithoutKey = Array(0..<Int32(table.rowCount))
    } else if columns.count == 1, let column = columns[0] {
      let keys = SingleKeys(KeyParts(column, spill), isLookedUp: isLookedUp, spill)
      storage = .single(keys)
      repeats = keys.repeats
      rowsWithoutKey = keys.rowsWithoutKey
    } else {
      let keys = CompoundKeys(
        columns.compactMap(\.self), rowCount: table.rowCount, isLookedUp: isLookedUp, spill)
      storage = .compound(keys)
      repeats = keys.repeats
      rowsWithoutKey = keys.rowsWithoutKey
    }
  }

  /// Drops the look-up and keeps only the repeats and the rows without a key.
  mutating func forgetPlaces() { storage = .nothing }

  /// The first row with a key of these parts, or nil.
  func row(of parts: [Int64]) -> Int32? {
    switch storage {
    case .single(let keys): parts.first.flatMap { keys.row(of: $0) }
    case .compound(let keys): keys.row(of: parts)
    case .nothing: nil
    }
  }

  /// For each row of another table, the row here with the key that it has in some columns.
  ///
  /// The entry is `missing` if a part of that key is absent, and `dangling` if no row here has it.
  func rows(
    ofKeysIn columns: [Column?], rowCount: Int, missing: Int32, dangling: Int32,
    _ spill: ColumnSpill?
  ) -> ColumnValues<Int32> {
    let given = columns.compactMap(\.self)
    switch storage {
    case .single(let keys) where given.count == 1:
      return keys.rows(of: KeyParts(given[0], spill), missing: missing, dangling: dangling, spill)
    case .compound(let keys) where given.count == columns.count:
      return ColumnValues(count: rowCount, in: spill) { rows in
        for row in rows.indices {
          rows[row] = keys.row(ofKeyIn: given, at: row, missing: missing, dangling: dangling)
        }
      }
    default:
      return ColumnValues(count: rowCount, in: spill) { rows in
        for row in rows.indices {
          let hasKey = given.count == columns.count && given.allSatisfy { $0.key(at: row) != nil }
          rows[row] = hasKey ? dangling : missing
        }
      }
    }
  }

  /// The key part that a computed value has in a field's column; nil if no row can hold the value.
  static func part(for value: Value, in column: Column?, pool: StringPool) -> Int64? {
    guard let column else { return nil }
    switch (column.storage, value) {
    case (.strings, .string(let text)), (.keys, .string(let text)):
      return pool.existingCode(of: text)
    case (.integers, .int(let number)): return number
    case (.integers, .number(let number)): return Int64(exactly: number)
    case (.numbers, .int(let number)): return Int64(bitPattern: Double(number).bitPattern)
    case (.numbers, .number(let number)): return Int64(bitPattern: (number + 0).bitPattern)
    case (.booleans, .bool(let flag)): return flag ? 1 : 0
    case (.dates, .date(let date)): return Int64(date.dayNumber)
    case (.dates, .datetime(let moment)): return Int64(moment.date.dayNumber)
    case (.datetimes, .datetime(let moment)): return moment.seconds << 1
    // A date-time cell with only a day is kept as its first second, and marked.
    case (.datetimes, .date(let date)):
      return LocalDateTime(date: date, secondOfDay: 0).seconds << 1 | 1
    case (.times, .time(let time)): return Int64(time.secondOfDay)
    default: return nil
    }
  }
}

extension Column {
  /// The column with each text replaced by its code, by which keys are compared.
  func asKey(in pool: StringPool, _ spill: ColumnSpill?) -> Column {
    guard case .strings(let numbers) = storage else { return self }
    var column = self
    column.storage = .keys(
      ColumnValues(count: numbers.count, in: spill) { codes in
        for row in numbers.indices {
          let number = numbers[row]
          codes[row] =
            number < 0 ? -1 : pool.withBytes(of: number) { TextCode.code($0) } ?? Int64(number)
        }
      })
    return column
  }
}
