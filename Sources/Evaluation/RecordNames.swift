import Exceptions
import Extracts
import Values

/// How a row is named in the lists: its key, its person, its place.
struct RecordNames: Sendable {
  let dataset: Dataset

  /// The raw text of the key, its parts joined by `|`; `line:N` where any part is missing.
  func recordID(_ id: RowID) -> String {
    guard let table = dataset.table(id.table) else { return "" }
    let row = Int(id.row)
    let line = "line:\(table.lines[row])"
    let key = table.definition.primaryKey
    guard !key.isEmpty else { return line }
    var parts: [String] = []
    for field in key {
      guard let column = table.columns[field], column.isGiven(at: row, in: dataset.pool) else {
        return line
      }
      parts.append(column.text(at: row, in: dataset.pool))
    }
    return parts.joined(separator: "|")
  }

  /// What stands in a row without a key, as a digest; empty for one that has a key.
  ///
  /// Only what the table's definition itself asks to be kept goes in, whichever rules are loaded:
  /// keys, dates, numbers and codes. Free text, a team's or a worker's name may change.
  func contents(_ id: RowID) -> String {
    guard let table = dataset.table(id.table) else { return "" }
    let row = Int(id.row)
    let definition = table.definition
    let isKeyed =
      !definition.primaryKey.isEmpty
      && definition.primaryKey.allSatisfy {
        table.columns[$0]?.isGiven(at: row, in: dataset.pool) == true
      }
    if isKeyed { return "" }
    let keys = Set(definition.primaryKey + definition.foreignKeys.flatMap(\.fields))
    var bytes: [UInt8] = []
    for (number, field) in definition.fields.enumerated() {
      let isTelling =
        keys.contains(number) || number == definition.person || field.type != .string
        || field.codes != nil
      guard isTelling, let column = table.columns[number] else { continue }
      bytes.append(contentsOf: column.text(at: row, in: dataset.pool).utf8)
      bytes.append(0)
    }
    return hexDigits(stableHash(bytes), short: false)
  }

  /// The raw text of the column that says whose case file the row belongs to.
  func personID(_ id: RowID) -> String {
    guard let table = dataset.table(id.table), let person = table.definition.person,
      let column = table.columns[person], column.isGiven(at: Int(id.row), in: dataset.pool)
    else { return "" }
    return column.text(at: Int(id.row), in: dataset.pool)
  }

  /// Whether a row belongs to somebody's case file, however their number is written where it is a
  /// whole number.
  func isOf(_ person: String, _ id: RowID) -> Bool {
    if personID(id).utf8.elementsEqual(person.utf8) { return true }
    guard let table = dataset.table(id.table), let field = table.definition.person,
      case .integer(let number)? = table.columns[field]?.value(at: Int(id.row), in: dataset.pool)
    else { return false }
    return Int64(person.filter { !$0.isWhitespace }) == number
  }

  /// What stands in lists for the name of a person.
  static let notShown = "(not shown)"

  /// The raw text of a cell, as lists may quote it.
  func text(_ id: RowID, field: Int) -> String {
    guard let table = dataset.table(id.table),
      let text = table.columns[field]?.text(at: Int(id.row), in: dataset.pool)
    else { return "" }
    return text.isEmpty || table.definition.fields[field].isShown ? text : Self.notShown
  }

  /// What a verdict could not be judged for: the names of the fields, joined by `|` where it is a
  /// reference by several, and what stands in them; nil where nothing is.
  func cell(_ blame: Blame) -> (label: String, value: String)? {
    guard let definition = dataset.table(blame.table)?.definition else { return nil }
    let fields: [Int]
    if let number = blame.foreignKey {
      fields = definition.foreignKeys[number].fields
    } else if !blame.isNone {
      fields = [Int(blame.field)]
    } else {
      return nil
    }
    return (
      fields.map { definition.fields[$0].name }.joined(separator: "|"),
      fields.map { text(blame.rowID, field: $0) }.joined(separator: "|")
    )
  }

  /// The table, the key and where the record stands; empty where there is no such record.
  func whole(_ id: RowID) -> String {
    guard let table = dataset.table(id.table) else { return "" }
    let (file, line) = place(id)
    return "\(table.definition.name) \(recordID(id)) (\(file)\(line.map { ":\($0)" } ?? ""))"
  }

  /// Whether a cell holds something that is no value of its type.
  func isUnreadable(_ blame: Blame) -> Bool {
    guard blame.field >= 0, let table = dataset.table(blame.table) else { return false }
    return table.columns[Int(blame.field)]?.unreadable.contains(blame.row) ?? false
  }

  /// Which record of this period a verdict could not be judged for, as a sentence of its own; nil
  /// where it is the one that is judged, or none.
  func whose(_ blame: Blame, besides row: RowID?) -> String? {
    guard cell(blame) != nil, blame.rowID != row, blame.table < dataset.tables.count else {
      return nil
    }
    return "It is \(whole(blame.rowID))."
  }

  /// The file and the physical line.
  func place(_ id: RowID) -> (file: String, line: Int?) {
    guard let table = dataset.table(id.table), Int(id.row) < table.lines.count,
      !table.files.isEmpty
    else { return ("", nil) }
    let file = table.files[table.fileNumber(ofRow: Int(id.row))]
    return (file.path, Int(table.lines[Int(id.row)]))
  }
}
