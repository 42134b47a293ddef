internal import Extracts
internal import Values
internal import WorkingTime

/// The columns of a table that a sample knows how to fill.
///
/// The names of the cases are the fields' names in the rules, in the spelling of the code.
protocol SheetField: CodingKey, CaseIterable, RawRepresentable where RawValue == Int {}

extension SheetField {
  /// The field's name in the rules: `visitedOn` is `visited_on`.
  var fieldName: String {
    var name = ""
    for character in stringValue {
      if character.isUppercase { name += "_" }
      name += character.lowercased()
    }
    return name
  }
}

/// One column as a file has it.
struct SheetColumn {
  /// The number of the cell that it shows.
  var source: Int
  var days: DateTexts?
  var moments: MomentTexts?
  var yes: [UInt8] = []
  var no: [UInt8] = []

  init(_ field: FieldDefinition, source: Int, formats: DateTextStore) {
    self.source = source
    switch field.type {
    case .date: days = field.formats.first.map { formats.texts($0) }
    case .datetime:
      moments = field.formats.first.map { MomentTexts($0, days: formats.texts(.dayMonthYear)) }
    case .boolean:
      yes = Self.word(field.trueValues, usual: "Y")
      no = Self.word(field.falseValues, usual: "N")
    case .string, .integer, .number, .time: break
    }
  }

  private static func word(_ words: Set<Text>, usual: Text) -> [UInt8] {
    let word = words.contains(usual) ? usual : words.sorted().first ?? usual
    return Array(word.description.utf8)
  }
}

/// The rows of one table: cells put in by name, written as bytes in the order of the table's definition.
struct Sheet<Field: SheetField> {
  /// The table's name.
  let table: String
  /// What is written so far and not yet taken.
  private(set) var bytes: [UInt8] = []

  private var cells: [Cell]
  private let columns: [SheetColumn]

  /// A sheet of a table; of nothing where the rules have no such table.
  init(_ table: String, _ setting: SampleSetting) {
    let fields = Field.allCases.map(\.fieldName)
    self.table = table
    cells = Array(repeating: .empty, count: fields.count + 1)
    columns = (setting.definitions[table]?.fields ?? []).map { field in
      // A column that the sample does not know shows the last cell, which nobody fills.
      let source = fields.firstIndex(of: field.name) ?? fields.count
      return SheetColumn(field, source: source, formats: setting.dateTexts)
    }
  }

  /// A cell of the row that is being filled.
  subscript(field: Field) -> Cell {
    get { cells[field.rawValue] }
    set { cells[field.rawValue] = newValue }
  }

  /// Ends the row; the next starts out empty.
  mutating func write() {
    if !columns.isEmpty {
      append()
    }
    for index in cells.indices { cells[index] = .empty }
  }

  /// Ends the row and writes it a second time, with what `change` puts in.
  mutating func writeTwice(_ change: (inout Self) -> Void = { _ in }) {
    let filled = cells
    write()
    cells = filled
    change(&self)
    write()
  }

  /// Hands over what is written.
  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append() {
    var isFirst = true
    for column in columns {
      if isFirst { isFirst = false } else { bytes.append(UInt8(ascii: ",")) }
      cells[column.source].write(to: &bytes, as: column)
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}

extension Cell {
  /// Puts the cell's text at the end of `bytes`.
  func write(to bytes: inout [UInt8], as column: SheetColumn) {
    switch self {
    case .empty: break
    case .yes: bytes.append(contentsOf: column.yes)
    case .no: bytes.append(contentsOf: column.no)
    case .date(let day): column.days?.write(day, to: &bytes)
    case .moment(let day, let minute): column.moments?.write(day, minute: minute, to: &bytes)
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
