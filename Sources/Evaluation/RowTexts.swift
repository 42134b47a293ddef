import Extracts
import Values

/// The texts of one column, written behind other bytes.
final class ColumnTexts: Sendable {
  private let numbers: ColumnValues<Int32>?
  private let codes: ColumnValues<Int64>?
  private let column: Column
  private let pool: StringPool

  init(_ column: Column, in pool: StringPool) {
    self.column = column
    self.pool = pool
    switch column.storage {
    case .strings(let values): (numbers, codes) = (values, nil)
    case .keys(let values): (numbers, codes) = (nil, values)
    default: (numbers, codes) = (nil, nil)
    }
  }

  /// Writes the text of the cell as in the file.
  func append(row: Int, to bytes: inout [UInt8]) {
    if let codes, codes[row] >= 0 {
      pool.append(textOfCode: codes[row], to: &bytes)
    } else if let numbers, numbers[row] >= 0 {
      bytes.append(contentsOf: pool[numbers[row]].string.utf8)
    } else {
      bytes.append(contentsOf: column.text(at: row, in: pool).utf8)
    }
  }

  /// True where the cell held anything but a missing value, even what could not be read.
  func isGiven(row: Int) -> Bool {
    if let codes, codes[row] >= 0 { return true }
    return column.isGiven(at: row, in: pool)
  }
}

/// How the rows of one table are named in lists: what `RecordNames` says, written behind other bytes.
final class RowTexts: Sendable {
  /// The columns of the key; nil where there is none, or one is in no file.
  private let key: [ColumnTexts]?
  private let person: ColumnTexts?
  private let lines: ColumnValues<Int32>
  private let files: [String]
  private let firstRows: [Int]

  init(_ table: Table, in pool: StringPool) {
    let definition = table.definition
    let columns = definition.primaryKey.map { table.columns[$0] }
    let isWhole = !columns.isEmpty && columns.allSatisfy { $0 != nil }
    key = isWhole ? columns.compactMap { $0.map { ColumnTexts($0, in: pool) } } : nil
    person = definition.person.flatMap { table.columns[$0] }.map { ColumnTexts($0, in: pool) }
    lines = table.lines
    files = table.files.map(\.path)
    firstRows = table.firstRows
  }

  /// Writes the raw text of the key, its parts joined by `|`; `line:N` where any part is missing.
  func appendRecordID(_ row: Int, to bytes: inout [UInt8]) {
    guard let key, key.allSatisfy({ $0.isGiven(row: row) }) else {
      bytes.append(contentsOf: "line:".utf8)
      bytes.append(number: Int(lines[row]))
      return
    }
    for (place, column) in key.enumerated() {
      if place > 0 { bytes.append(UInt8(ascii: "|")) }
      column.append(row: row, to: &bytes)
    }
  }

  /// Writes the raw text of the column that says whose case file the row belongs to.
  func appendPersonID(_ row: Int, to bytes: inout [UInt8]) {
    guard let person, person.isGiven(row: row) else { return }
    person.append(row: row, to: &bytes)
  }

  /// Writes the path of the file.
  func appendFile(_ row: Int, to bytes: inout [UInt8]) {
    guard row < lines.count, !files.isEmpty else { return }
    bytes.append(contentsOf: files[fileNumber(row)].utf8)
  }

  /// The physical line.
  func line(_ row: Int) -> Int? {
    row < lines.count && !files.isEmpty ? Int(lines[row]) : nil
  }

  private func fileNumber(_ row: Int) -> Int {
    if firstRows.count < 2 { return 0 }
    return max((firstRows.firstIndex { $0 > row } ?? firstRows.count) - 1, 0)
  }
}

extension [UInt8] {
  /// Writes a whole number in digits.
  mutating func append(number: Int) {
    if number >= 0, number < 10 {
      append(UInt8(48 + number))
    } else {
      append(contentsOf: String(number).utf8)
    }
  }
}
