import Extracts
import Values
import WorkingTime

/// How one column of a file writes its cells.
final class SheetColumn: Sendable {
  private let days: DateTexts
  private let moments: MomentTexts
  private let yes: [UInt8]
  private let no: [UInt8]

  /// The column of a field.
  ///
  /// Cells of another type than the field's are written in the usual format, not refused.
  init(_ field: FieldDefinition, _ store: DateTextStore) {
    let format = field.formats.first
    days = store.texts(field.type == .date ? format ?? .dayMonthYear : .dayMonthYear)
    moments = MomentTexts(
      field.type == .datetime ? format ?? .dayMonthYearTime : .dayMonthYearTime,
      days: store.texts(.dayMonthYear))
    yes = Self.word(field.trueValues, usual: "Y")
    no = Self.word(field.falseValues, usual: "N")
  }

  func write(_ holds: Bool, to bytes: inout [UInt8]) { bytes.append(contentsOf: holds ? yes : no) }

  func write(_ day: Int, to bytes: inout [UInt8]) { days.write(day, to: &bytes) }

  func write(_ day: Int, minute: Int, to bytes: inout [UInt8]) {
    moments.write(day, minute: minute, to: &bytes)
  }

  private static func word(_ words: Set<Text>, usual: Text) -> [UInt8] {
    let word = words.contains(usual) ? usual : words.sorted().first ?? usual
    return Array(word.description.utf8)
  }
}

extension Cell {
  /// Puts the cell's text at the end of `bytes`.
  func write(to bytes: inout [UInt8], as column: SheetColumn) {
    switch self {
    case .empty: break
    case .yes: column.write(true, to: &bytes)
    case .no: column.write(false, to: &bytes)
    case .date(let day): column.write(day, to: &bytes)
    case .moment(let day, let minute): column.write(day, minute: minute, to: &bytes)
    case .number(let number): Digits.write(number, to: &bytes)
    case .tenths(let tenths):
      Digits.write(tenths / 10, to: &bytes)
      bytes.append(UInt8(ascii: "."))
      Digits.write(tenths % 10, to: &bytes)
    case .id(let letter, let number):
      bytes.append(letter.rawValue)
      Digits.write(number, to: &bytes)
    case .text(let text): bytes.append(contentsOf: text.utf8)
    case .note(let number): Notes.write(number, to: &bytes)
    }
  }

  /// The text of an identifier.
  var identifier: String {
    switch self {
    case .id(let letter, let number): String(UnicodeScalar(letter.rawValue)) + String(number)
    case .number(let number): String(number)
    case .text(let text): text
    default: ""
    }
  }
}
