import Exceptions
import Extracts
import Values

/// How a row is named in the lists: its key, its person, its place.
struct RecordNames: Sendable {
  let dataset: Dataset

  /// The raw text of the key, its parts joined by `|`; `line:N` where any part is missing.
  func recordID(_ id: RowID) -> String {
    dataset.withTable(id.table) { table in
      let row = Int(id.row)
      return isKeyed(row, table) ? key(of: row, table) : RecordForm.line.name(of: table.lines[row])
    } ?? ""
  }

  /// What the ledger calls a record: its key or, without one, its contents.
  func lastingName(_ id: RowID) -> String {
    dataset.withTable(id.table) { table in
      let row = Int(id.row)
      return isKeyed(row, table)
        ? key(of: row, table) : RecordForm.contents.name(of: digest(of: row, table))
    } ?? ""
  }

  private func key(of row: Int, _ table: Table) -> String {
    table.definition.primaryKey.map { table.columns[$0]?.text(at: row, in: dataset.pool) ?? "" }
      .joined(separator: "|")
  }

  /// A digest of the contents of a row without a key; empty for a row with a key.
  ///
  /// It covers only the columns that the table's own definition makes a run keep, whichever rules
  /// are loaded: keys, dates, numbers and codes. Free text and the names of teams and workers may
  /// change.
  func contents(_ id: RowID) -> String {
    dataset.withTable(id.table) { table in
      let row = Int(id.row)
      return isKeyed(row, table) ? nil : digest(of: row, table)
    } ?? ""
  }

  private func isKeyed(_ row: Int, _ table: Table) -> Bool {
    let key = table.definition.primaryKey
    return !key.isEmpty
      && key.allSatisfy { table.columns[$0]?.isGiven(at: row) == true }
  }

  private func digest(of row: Int, _ table: Table) -> String {
    let definition = table.definition
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
    dataset.withTable(id.table) { table in
      guard let person = table.definition.person,
        table.columns[person]?.isGiven(at: Int(id.row)) == true
      else { return nil }
      return table.columns[person]?.text(at: Int(id.row), in: dataset.pool)
    } ?? ""
  }

  /// Whether a row belongs to a person's case file.
  ///
  /// Where the person's number is a whole number, it may be written in any way.
  func isOf(_ person: String, _ id: RowID) -> Bool {
    !rows(of: person, inTable: id.table, among: Int(id.row)..<Int(id.row) + 1).isEmpty
  }

  /// Those of some rows of a table that belong to a person's case file.
  func rows(of person: String, inTable number: Int32, among rows: Range<Int>) -> [Int32] {
    if person.isEmpty { return [] }
    return dataset.withTable(number) { table in
      guard let field = table.definition.person, let column = table.columns[field] else {
        return nil
      }
      let asNumber = Int64(person.filter { !$0.isWhitespace })
      return rows.filter { row in
        if case .integer(let number) = column.value(at: row, in: dataset.pool), number == asNumber {
          return true
        }
        return column.isGiven(at: row)
          && column.text(at: row, in: dataset.pool).utf8.elementsEqual(person.utf8)
      }.map { Int32($0) }
    } ?? []
  }

  /// The text that lists show in place of a person's name.
  static let notShown = "(not shown)"

  /// The raw text of a cell, as lists may quote it.
  func text(_ id: RowID, field: Int) -> String {
    dataset.withTable(id.table) { table in
      guard let text = table.columns[field]?.text(at: Int(id.row), in: dataset.pool) else {
        return nil
      }
      return text.isEmpty || table.definition.fields[field].isShown ? text : Self.notShown
    } ?? ""
  }

  /// The field or reference that a verdict could not be judged for, and what it holds.
  ///
  /// The fields of a compound reference are joined by `|`. Nil if nothing is to blame.
  func cell(_ blame: Blame) -> (label: String, value: String)? {
    dataset.withTable(blame.table) { table in
      if let number = blame.foreignKey {
        let fields = table.definition.foreignKeys[number].fields
        return (
          fields.map { table.definition.fields[$0].name }.joined(separator: "|"),
          fields.map { text(blame.rowID, field: $0) }.joined(separator: "|")
        )
      }
      guard !blame.isNone else { return nil }
      let field = Int(blame.field)
      return (table.definition.fields[field].name, text(blame.rowID, field: field))
    }
  }

  /// The same for whoever puts it right: in the words of the case system, as far as its export shows
  /// them, and with the few values that may stand there.
  func wanted(_ blame: Blame) -> (label: String, values: String?)? {
    dataset.withTable(blame.table) { table in
      let definition = table.definition
      if let number = blame.foreignKey {
        return (wanted(blame.rowID, fields: definition.foreignKeys[number].fields), nil)
      }
      guard !blame.isNone else { return nil }
      let field = Int(blame.field)
      return (wanted(blame.rowID, fields: [field]), definition.fields[field].fewValues)
    }
  }

  /// What the case system calls fields of a record, as far as its export shows.
  func wanted(_ id: RowID, fields: [Int]) -> String {
    dataset.withTable(id.table) { table in
      let row = Int(id.row)
      let labels =
        table.files.isEmpty || row < 0 ? [] : table.files[table.fileNumber(ofRow: row)].labels
      return fields.map { field in
        labels.indices.contains(field) ? labels[field] : table.definition.fields[field].name
      }.joined(separator: " and ")
    } ?? ""
  }

  /// Whether two records of a table come from one file, and so have the same headings.
  func areOfOneFile(_ a: RowID, _ b: RowID) -> Bool {
    dataset.withTable(a.table) { table in
      table.fileNumber(ofRow: Int(a.row)) == table.fileNumber(ofRow: Int(b.row))
    } ?? false
  }

  /// Whether that field, or a field of that reference, holds anything but a missing value.
  ///
  /// A mark for "missing", such as `N/A`, is no value. Nil if nothing is to blame.
  func isGiven(_ blame: Blame) -> Bool? {
    dataset.withTable(blame.table) { table in
      guard blame.foreignKey != nil || !blame.isNone else { return nil }
      let fields =
        blame.foreignKey.map { table.definition.foreignKeys[$0].fields } ?? [Int(blame.field)]
      return fields.contains { field in
        table.columns[field]?.isGiven(at: Int(blame.row)) ?? false
      }
    }
  }

  /// Whether what a verdict could not be judged for may name a record, as a key does.
  func mayNameRecord(_ blame: Blame) -> Bool {
    guard blame.foreignKey == nil, !blame.isNone else { return true }
    return dataset.withTable(blame.table) { table in
      table.definition.fields[Int(blame.field)].type == .string
    } ?? true
  }

  /// The table, key and place of a record; empty if there is no such record.
  func whole(_ id: RowID) -> String {
    guard let table = dataset.table(id.table) else { return "" }
    let (file, line) = place(id)
    return "\(table.definition.name) \(recordID(id)) (\(file)\(line.map { ":\($0)" } ?? ""))"
  }

  /// Whether a cell holds something that cannot be read as its type.
  func isUnreadable(_ blame: Blame) -> Bool {
    guard blame.field >= 0 else { return false }
    return dataset.withTable(blame.table) { table in
      table.columns[Int(blame.field)]?.unreadable.contains(blame.row)
    } ?? false
  }

  /// A sentence that names the record of this period that a verdict could not be judged for.
  ///
  /// Nil if it is the judged record itself, or if there is none.
  func whose(_ blame: Blame, besides row: RowID?) -> String? {
    guard cell(blame) != nil, blame.rowID != row, blame.table < dataset.tables.count else {
      return nil
    }
    return "It is \(whole(blame.rowID))."
  }

  /// The file and the physical line.
  func place(_ id: RowID) -> (file: String, line: Int?) {
    dataset.withTable(id.table) { table in
      guard Int(id.row) < table.lines.count, !table.files.isEmpty else { return nil }
      let file = table.fileNumber(ofRow: Int(id.row))
      return (table.files[file].path, Int(table.lines[Int(id.row)]))
    } ?? ("", nil)
  }
}
