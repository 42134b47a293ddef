import Patterns
import Values

/// Reads and checks the cells of one field, from the first file of its table to the last.
struct FieldReader {
  /// The field's number in its table.
  let number: Int32
  let type: FieldType
  let checks: FieldChecks
  /// Whether its values are kept; they are checked in any case.
  let isKept: Bool
  /// The column of the file that is being read; −1 where the file does not have the heading.
  var column = -1
  var tally = FieldTally()
  var builder: ColumnBuilder
  var dates: DateText
  /// How the first number and the first booleans were written.
  var decimals: Int?
  var trueWord: String?
  var falseWord: String?
  /// Recent cells without a fault, by their numbers in the pool, or 0 and 1 for false and true.
  var recent = RecentCells()
  /// How most cells can be read.
  var quick = QuickWay.none
  let longestMissing: Int
  /// The lengths of missing values, as `ByteSet.lengths`; they rule most cells out.
  private let missingLengths: UInt64
  /// Whether an empty cell is a missing value, without being a fault.
  let mayBeEmpty: Bool
  private var notes: FindingNotes

  init(_ number: Int, _ checks: FieldChecks, isKey: Bool, isKept: Bool) {
    self.number = Int32(number)
    self.checks = checks
    self.isKept = isKept
    type = checks.type
    builder = ColumnBuilder(type: type, isKey: isKey)
    dates = DateText(
      formats: checks.definition.formats, keepsDate: type != .time, keepsTime: type != .date)
    notes = FindingNotes(checks, isVerbatim: isKey || type == .string)
    longestMissing = checks.missing.longest
    missingLengths = checks.missing.lengths
    mayBeEmpty = checks.missing.mayHold(length: 0) && !checks.isRequired
    if type == .string, !isKey, !isKept, !checks.hasMore { quick = .passed }
  }

  /// What the case system calls the field, as far as the file's headings show.
  var label: String { column < 0 ? checks.definition.name : notes.label }

  /// Takes a file's headings and the field's column in it; nil where it has none.
  mutating func take(_ headings: [String], column: Int?) {
    self.column = column ?? -1
    if let column { notes.take(heading: headings[column]) }
  }

  /// A reader of the same column that has read nothing yet.
  func another() -> FieldReader {
    var other = FieldReader(Int(number), checks, isKey: builder.isKey, isKept: isKept)
    other.column = column
    other.notes.take(headingOf: notes)
    return other
  }

  /// Reads the cell of the next row.
  mutating func read(
    _ cell: Span<UInt8>, row: Int32, _ pool: inout StringPool, _ findings: inout CellFindings
  ) {
    if readsQuickly(cell) { return }
    if builder.isKey { return readKey(cell, row, &pool, &findings) }
    if type == .string { return readString(cell, row, &pool, &findings) }
    let text = cell.extracting(cell.rangeWithoutSpaces())
    if isMissing(text) || (text.count < cell.count && isMissing(cell)) {
      return readMissing(cell, row, &findings)
    }
    tally.given += 1
    guard let value = readValue(text, cell, row) else {
      return readUnreadable(cell, row, &findings)
    }
    tally.present += 1
    if checks.hasMore { check(text, cell, row, value, &findings) }
    learn()
  }

  private mutating func readString(
    _ cell: Span<UInt8>, _ row: Int32, _ pool: inout StringPool, _ findings: inout CellFindings
  ) {
    let key = CellKey(cell)
    if let number = recent.answer(for: key) {
      tally.given += 1
      tally.present += 1
      if isKept { builder.append(narrow: number) }
      return
    }
    if isMissing(cell) { return readMissing(cell, row, &findings) }
    tally.given += 1
    tally.present += 1
    var number: Int32 = 0
    if isKept {
      number = pool.number(ofBytes: cell)
      builder.append(narrow: number)
    }
    let before = findings.count
    if checks.hasMore { check(cell, cell, row, nil, &findings) }
    if findings.count == before { recent.remember(number, for: key) }
  }

  /// Identifiers seldom repeat recent ones, so they are not looked for among them.
  private mutating func readKey(
    _ cell: Span<UInt8>, _ row: Int32, _ pool: inout StringPool, _ findings: inout CellFindings
  ) {
    if isMissing(cell) { return readMissing(cell, row, &findings) }
    tally.given += 1
    tally.present += 1
    if isKept { builder.append(wide: pool.code(ofBytes: cell)) }
    if checks.hasMore { check(cell, cell, row, nil, &findings) }
  }

  @inline(__always)
  private func isMissing(_ cell: Span<UInt8>) -> Bool {
    missingLengths & (1 &<< UInt64(truncatingIfNeeded: min(cell.count, 63))) != 0
      && checks.missing.contains(cell)
  }

  /// Adds absent cells for rows whose file does not have the heading.
  mutating func readNothing(_ count: Int = 1) {
    if isKept { builder.appendAbsent(count) }
  }

  private mutating func readMissing(
    _ cell: Span<UInt8>, _ row: Int32, _ findings: inout CellFindings
  ) {
    if isKept {
      builder.appendAbsent()
      if cell.count > 0 { builder.texts.keep(cell, row: row) }
    }
    if checks.isRequired {
      note(.required, cell, row, &findings)
    }
  }

  private mutating func readUnreadable(
    _ cell: Span<UInt8>, _ row: Int32, _ findings: inout CellFindings
  ) {
    if isKept {
      builder.appendAbsent()
      builder.texts.keep(cell, row: row)
      builder.unreadable.insert(row)
    }
    note(.type, cell, row, &findings)
  }

  /// Makes the checks of a readable cell, in the order of `CellConstraint`.
  private mutating func check(
    _ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32, _ value: CellLimit?,
    _ findings: inout CellFindings
  ) {
    let checks = checks
    if checks.codes?.contains(text) == false || checks.allowed?.contains(text) == false {
      note(.enum, cell, row, &findings)
    }
    if let value, let bound = checks.minimum, value.isLess(than: bound.limit) {
      note(.minimum, cell, row, &findings)
    }
    if let value, let bound = checks.maximum, bound.limit.isLess(than: value) {
      note(.maximum, cell, row, &findings)
    }
    if let pattern = checks.pattern, !pattern.matchesWhole(text) {
      note(.pattern, cell, row, &findings)
    }
    if checks.minLength != nil || checks.maxLength != nil {
      checkLength(text, cell, row, &findings)
    }
  }

  private mutating func checkLength(
    _ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32, _ findings: inout CellFindings
  ) {
    let length = text.codePointCount
    if let least = checks.minLength, length < least {
      note(.minLength, cell, row, &findings)
    }
    if let most = checks.maxLength, length > most {
      note(.maxLength, cell, row, &findings)
    }
  }

  private mutating func note(
    _ constraint: CellConstraint, _ cell: Span<UInt8>, _ row: Int32,
    _ findings: inout CellFindings
  ) {
    notes.note(constraint, cell, row: row, field: number, &findings)
  }
}
