import Patterns
import Values
import WorkingTime

/// Reads and checks the cells of one field, from the first file of its table to the last.
struct FieldReader {
  /// The field's number in its table.
  let number: Int
  let definition: FieldDefinition
  /// Whether its values are kept; they are checked all the same.
  let isKept: Bool
  /// The column of the file that is being read; −1 where the file does not have the heading.
  var column = -1
  var tally = FieldTally()
  var builder: ColumnBuilder
  var numbers: NumberText
  var dates: DateText
  var decimals: Int?
  var trueWord: String?
  var falseWord: String?
  let trueValues: ByteSet
  let falseValues: ByteSet
  private let missing: ByteSet
  private let codes: ByteSet?
  private let allowed: ByteSet?
  private let bounds: CellBounds
  private let hasTextChecks: Bool
  var words: CellWords

  init(_ number: Int, of table: TableDefinition, isKept: Bool, asOf: CalendarDate) {
    let field = table.fields[number]
    self.number = number
    self.isKept = isKept
    definition = field
    builder = ColumnBuilder(type: field.type)
    numbers = NumberText(groupChar: field.groupChar, decimalChar: field.decimalChar)
    dates = DateText(
      formats: field.formats, keepsDate: field.type != .time, keepsTime: field.type != .date)
    trueValues = ByteSet(field.trueValues)
    falseValues = ByteSet(field.falseValues)
    missing = ByteSet(table.missingValues)
    codes = field.codes.map { ByteSet($0.values) }
    allowed = field.constraints.allowed.map { ByteSet($0) }
    bounds = CellBounds(field, asOf: asOf)
    hasTextChecks =
      field.constraints.pattern != nil || field.constraints.minLength != nil
      || field.constraints.maxLength != nil
    words = CellWords(field)
  }

  /// Reads the cell of the next row.
  mutating func read(
    _ cell: Span<UInt8>, row: Int32, _ pool: inout StringPool, _ findings: inout [CellFinding]
  ) {
    if definition.type == .string {
      if missing.contains(cell) { return readMissing(cell, row, &findings) }
      tally.given += 1
      tally.present += 1
      if isKept { builder.append(narrow: pool.number(ofBytes: cell)) }
      checkText(cell, cell, row, nil, &findings)
      return
    }
    let text = cell.extracting(cell.rangeWithoutSpaces())
    if missing.contains(text) || (text.count < cell.count && missing.contains(cell)) {
      return readMissing(cell, row, &findings)
    }
    tally.given += 1
    guard let value = readValue(text, isWhole: text.count == cell.count, cell, row) else {
      if isKept {
        builder.appendAbsent()
        builder.texts[row] = cell.decoded
        builder.unreadable.insert(row)
      }
      let said = cell.decoded
      findings.append(finding(row, .type, said, words.type(said)))
      return
    }
    tally.present += 1
    checkText(text, cell, row, value, &findings)
  }

  /// The next row has no such cell, because its file does not have the heading.
  mutating func readNothing() {
    if isKept { builder.appendAbsent() }
  }

  private mutating func readMissing(
    _ cell: Span<UInt8>, _ row: Int32, _ findings: inout [CellFinding]
  ) {
    if isKept {
      builder.appendAbsent()
      if cell.count > 0 { builder.texts[row] = cell.decoded }
    }
    if definition.constraints.required {
      findings.append(finding(row, .required, cell.decoded, words.required))
    }
  }

  /// The checks of a cell that could be read, in the order of `CellConstraint`.
  @inline(__always)
  private mutating func checkText(
    _ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32, _ value: CellBounds.Limit?,
    _ findings: inout [CellFinding]
  ) {
    if let codes, !codes.contains(text) {
      findings.append(finding(row, .enum, cell.decoded, words.code(text.decoded)))
    } else if let allowed, !allowed.contains(text) {
      findings.append(finding(row, .enum, cell.decoded, words.allowed(text.decoded)))
    }
    if let value { checkBounds(value, cell, row, &findings) }
    if hasTextChecks { checkForm(text, cell, row, &findings) }
  }

  private func checkBounds(
    _ value: CellBounds.Limit, _ cell: Span<UInt8>, _ row: Int32, _ findings: inout [CellFinding]
  ) {
    if let bound = bounds.minimum, bound.limit.exceeds(value) {
      let said = cell.decoded
      findings.append(finding(row, .minimum, said, words.minimum(said, bound.words)))
    }
    if let bound = bounds.maximum, bound.limit.isExceeded(by: value) {
      let said = cell.decoded
      findings.append(finding(row, .maximum, said, words.maximum(said, bound.words)))
    }
  }

  private func checkForm(
    _ text: Span<UInt8>, _ cell: Span<UInt8>, _ row: Int32, _ findings: inout [CellFinding]
  ) {
    let constraints = definition.constraints
    if let pattern = constraints.pattern, !pattern.matchesWhole(text) {
      let said = cell.decoded
      findings.append(finding(row, .pattern, said, words.pattern(said, pattern.source)))
    }
    guard constraints.minLength != nil || constraints.maxLength != nil else { return }
    let length = text.codePointCount
    if let least = constraints.minLength, length < least {
      let said = cell.decoded
      findings.append(finding(row, .minLength, said, words.tooShort(said, length, least)))
    }
    if let most = constraints.maxLength, length > most {
      let said = cell.decoded
      findings.append(finding(row, .maxLength, said, words.tooLong(said, length, most)))
    }
  }

  private func finding(
    _ row: Int32, _ constraint: CellConstraint, _ text: String, _ words: CellWords.Advice
  ) -> CellFinding {
    CellFinding(
      row: row, field: Int32(number), constraint: constraint, text: text, message: words.message,
      fix: words.fix)
  }
}

extension FieldReader {
  /// Whether a cell by itself holds a good value: given, of the type, of the form, among the codes.
  func accepts(_ cell: Span<UInt8>) -> Bool {
    let isText = definition.type == .string
    let text = isText ? cell : cell.extracting(cell.rangeWithoutSpaces())
    if isMissing(cell) || !reads(text) { return false }
    if let pattern = definition.constraints.pattern, !pattern.matchesWhole(text) { return false }
    return codes?.contains(text) != false && allowed?.contains(text) != false
  }

  /// Whether a cell holds nothing.
  func isMissing(_ cell: Span<UInt8>) -> Bool {
    if missing.contains(cell) { return true }
    return definition.type != .string
      && missing.contains(cell.extracting(cell.rangeWithoutSpaces()))
  }

  /// Whether a cell holds nothing, or a value of the type.
  func readsOrIsMissing(_ cell: Span<UInt8>) -> Bool {
    definition.type == .string || isMissing(cell)
      || reads(cell.extracting(cell.rangeWithoutSpaces()))
  }
}
