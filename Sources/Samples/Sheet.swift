import Extracts

/// The columns of a table that a sample knows how to fill.
///
/// Each case has the name of a field in the rules, in camel case.
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

/// The rows of one table.
///
/// Cells are set by name and written as bytes in the order of the table's definition.
struct Sheet<Field: SheetField> {
  /// The table's name.
  let table: String
  /// The rows written since the last `take`.
  private(set) var bytes: [UInt8] = []

  private var cells: [Cell]
  private let columns: [SheetColumn]
  /// For each column, the index of the cell that it shows.
  private let sources: [Int]

  /// A sheet of a table; it writes nothing if the rules have no such table.
  init(_ table: String, _ setting: SampleSetting) {
    let fields = Field.allCases.map(\.fieldName)
    self.table = table
    cells = Array(repeating: .empty, count: fields.count + 1)
    let definitions = setting.definitions[table]?.fields ?? []
    columns = definitions.map { SheetColumn($0, setting.dateTexts) }
    // A column that the sample does not know shows the last cell, which always stays empty.
    sources = definitions.map { fields.firstIndex(of: $0.name) ?? fields.count }
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

  /// Ends the row and writes it a second time, as altered by `change`.
  mutating func writeTwice(_ change: (inout Self) -> Void = { _ in }) {
    let filled = cells
    write()
    cells = filled
    change(&self)
    write()
  }

  /// Hands over the rows written so far, and forgets them.
  mutating func take() -> [UInt8] {
    defer { bytes = [] }
    return bytes
  }

  private mutating func append() {
    for column in sources.indices {
      if column > 0 { bytes.append(UInt8(ascii: ",")) }
      let source = sources[column]
      // Most columns of most tables are empty, so skip them quickly.
      if case .empty = cells[source] { continue }
      cells[source].write(to: &bytes, as: columns[column])
    }
    bytes.append(UInt8(ascii: "\n"))
  }
}
