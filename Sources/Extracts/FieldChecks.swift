import Patterns
import Values
import WorkingTime

/// What the cells of one field must hold, prepared once.
///
/// It is a class so that its readers share it without copying; nothing in it changes.
final class FieldChecks: Sendable {
  let definition: FieldDefinition
  let type: FieldType
  let isRequired: Bool
  let missing: ByteSet
  let numbers: NumberText
  let trueValues: ByteSet
  let falseValues: ByteSet
  let codes: ByteSet?
  let allowed: ByteSet?
  let minimum: CellBound?
  let maximum: CellBound?
  let pattern: Pattern?
  let minLength: Int?
  let maxLength: Int?
  /// Whether there is anything to check besides presence and type.
  let hasMore: Bool

  init(_ field: FieldDefinition, missing: ByteSet, asOf: CalendarDate) {
    definition = field
    type = field.type
    self.missing = missing
    numbers = NumberText(groupChar: field.groupChar, decimalChar: field.decimalChar)
    trueValues = ByteSet(type == .boolean ? field.trueValues : [])
    falseValues = ByteSet(type == .boolean ? field.falseValues : [])
    codes = field.codes.map { ByteSet($0.values) }
    let constraints = field.constraints
    isRequired = constraints.required
    allowed = constraints.allowed.map { ByteSet($0) }
    minimum = constraints.minimum.flatMap { CellBound($0, field, asOf: asOf) }
    maximum = constraints.maximum.flatMap { CellBound($0, field, asOf: asOf) }
    pattern = constraints.pattern
    minLength = constraints.minLength
    maxLength = constraints.maxLength
    hasMore =
      codes != nil || allowed != nil || minimum != nil || maximum != nil || pattern != nil
      || minLength != nil || maxLength != nil
  }

  /// Whether a cell by itself holds a good value: given, of its type and form, and among the codes.
  func accepts(_ cell: Span<UInt8>) -> Bool {
    let text = type == .string ? cell : cell.extracting(cell.rangeWithoutSpaces())
    if isMissing(cell) || !reads(text) { return false }
    if let pattern, !pattern.matchesWhole(text) { return false }
    return codes?.contains(text) != false && allowed?.contains(text) != false
  }

  /// Whether a cell holds nothing.
  func isMissing(_ cell: Span<UInt8>) -> Bool {
    if missing.contains(cell) { return true }
    return type != .string && missing.contains(cell.extracting(cell.rangeWithoutSpaces()))
  }

  /// Whether a cell holds nothing, or a value of the type.
  func readsOrIsMissing(_ cell: Span<UInt8>) -> Bool {
    type == .string || isMissing(cell) || reads(cell.extracting(cell.rangeWithoutSpaces()))
  }

  /// Whether a text without surrounding spaces is of the type.
  private func reads(_ text: Span<UInt8>) -> Bool {
    switch type {
    case .string: true
    case .integer: numbers.integer(text) != nil
    case .number: numbers.number(text) != nil
    case .boolean: trueValues.contains(text) || falseValues.contains(text)
    case .date, .datetime, .time:
      definition.formats.contains { format in
        let reading = format.read(text)
        return type == .time ? reading?.secondOfDay != nil : reading?.date != nil
      }
    }
  }
}
