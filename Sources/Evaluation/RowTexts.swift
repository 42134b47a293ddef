import Exceptions
import Extracts
import Values

/// Writes the texts of one column to the end of a buffer.
final class ColumnTexts: Sendable {
  private let numbers: ColumnValues<Int32>
  private let codes: ColumnValues<Int64>
  private let form: Form
  private let column: Column
  private let pool: StringPool

  /// Which of the two has the texts, if any.
  private enum Form {
    case numbers
    case codes
    case others
  }

  init(_ column: Column, in pool: StringPool) {
    self.column = column
    self.pool = pool
    switch column.storage {
    case .strings(let values): (numbers, codes, form) = (values, [], .numbers)
    case .keys(let values): (numbers, codes, form) = ([], values, .codes)
    default: (numbers, codes, form) = ([], [], .others)
    }
  }

  /// Writes the text of the cell as in the file.
  func append(row: Int, to bytes: inout [UInt8]) {
    if !appendText(row, to: &bytes) {
      bytes.append(contentsOf: column.text(at: row, in: pool).utf8)
    }
  }

  /// Writes the text of the cell if it is given; returns whether it is.
  func appendGiven(row: Int, to bytes: inout [UInt8]) -> Bool {
    if appendText(row, to: &bytes) { return true }
    guard column.isGiven(at: row) else { return false }
    bytes.append(contentsOf: column.text(at: row, in: pool).utf8)
    return true
  }

  @inline(__always)
  private func appendText(_ row: Int, to bytes: inout [UInt8]) -> Bool {
    switch form {
    case .codes:
      let code = codes[row]
      if code < 0 { return false }
      pool.append(textOfCode: code, to: &bytes)
      return true
    case .numbers:
      let number = numbers[row]
      if number < 0 { return false }
      pool.append(textOf: number, to: &bytes)
      return true
    case .others: return false
    }
  }
}

/// Writes the names that `RecordNames` gives to the rows of one table to the end of a buffer.
final class RowTexts: Sendable {
  /// The columns of the key; nil if the table has no key, or if a key column is in no file.
  private let key: [ColumnTexts]?
  /// The column of a key made of one field.
  private let single: ColumnTexts?
  private let person: ColumnTexts?
  private let lines: ColumnValues<Int32>
  /// The files' paths in UTF-8.
  private let files: [[UInt8]]
  private let firstRows: [Int]

  init(_ table: Table, in pool: StringPool) {
    let definition = table.definition
    let columns = definition.primaryKey.map { table.columns[$0] }
    let isWhole = !columns.isEmpty && columns.allSatisfy { $0 != nil }
    key = isWhole ? columns.compactMap { $0.map { ColumnTexts($0, in: pool) } } : nil
    single = key?.count == 1 ? key?.first : nil
    person = definition.person.flatMap { table.columns[$0] }.map { ColumnTexts($0, in: pool) }
    lines = table.lines
    files = table.files.map { Array($0.path.utf8) }
    firstRows = table.firstRows
  }

  /// Writes the raw text of the key, its parts joined by `|`; `line:N` where any part is missing.
  func appendRecordID(_ row: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    if single?.appendGiven(row: row, to: &bytes) == true { return }
    if single == nil, let key {
      var isWhole = true
      for (place, column) in key.enumerated() where isWhole {
        if place > 0 { bytes.append(UInt8(ascii: "|")) }
        isWhole = column.appendGiven(row: row, to: &bytes)
      }
      if isWhole { return }
    }
    bytes.removeSubrange(start...)
    bytes.append(contentsOf: RecordForm.line.name(of: lines[row]).utf8)
  }

  /// Writes the raw text of the column that says whose case file the row belongs to.
  func appendPersonID(_ row: Int, to bytes: inout [UInt8]) {
    _ = person?.appendGiven(row: row, to: &bytes)
  }

  /// Writes the person and the record; returns the number of bytes before the record.
  func appendNames(_ row: Int, to bytes: inout [UInt8]) -> Int {
    appendPersonID(row, to: &bytes)
    let end = bytes.count
    appendRecordID(row, to: &bytes)
    return end
  }

  /// Writes the path of the file.
  func appendFile(_ row: Int, to bytes: inout [UInt8]) {
    guard row < lines.count, !files.isEmpty else { return }
    let number = fileNumber(row)
    for place in files[number].indices { bytes.append(files[number][place]) }
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
