import Diagnostics
import Extracts
import Values
import WorkingTime

/// A file of `code,label[,from,to]`, read the way extracts are.
struct CodeFile {
  let path: String
  let collector: DiagnosticCollector

  private enum Column: Int, CaseIterable {
    case code
    case label
    case from
    case to
  }

  /// The codes; faults in the file are reported with their lines.
  func entries() -> [CodeList.Entry] {
    var pool = StringPool()
    let table = read(into: &pool)
    let faults = table.files.flatMap(\.faults)
    for fault in faults { report(fault.message, line: fault.line ?? 1) }
    for reject in table.rejects { report(reject.reason, line: reject.line) }
    for finding in table.findings {
      report(finding.message, line: Int(table.lines[Int(finding.row)]))
    }
    guard faults.isEmpty else { return [] }
    for heading in Set(table.files.flatMap(\.unknownHeadings)).sorted() {
      collector.warnEveryRun(
        "the column `\(heading)` is not read", at: SourcePosition(file: path, line: 1),
        advice: "A file of codes has the columns code, label, from and to")
    }
    return (0..<table.rowCount).compactMap { row in entry(row, of: table, pool) }
  }

  private func entry(_ row: Int, of table: Table, _ pool: StringPool) -> CodeList.Entry? {
    func value(_ column: Column) -> CellValue {
      table.columns[column.rawValue]?.value(at: row, in: pool) ?? .absent
    }
    func date(_ column: Column) -> CalendarDate? {
      if case .date(let date) = value(column) { return date }
      return nil
    }
    guard case .string(let code) = value(.code) else { return nil }
    var label = code.string
    if case .string(let text) = value(.label) { label = text.string }
    let (from, to) = (date(.from), date(.to))
    if let from, let to, to < from {
      report("the code `\(code)` ends before it begins", line: Int(table.lines[row]))
    }
    return CodeList.Entry(code: code, label: label, from: from, to: to)
  }

  private func read(into pool: inout StringPool) -> Table {
    let place = SourcePosition(file: path, line: 1)
    var definition = TableDefinition(
      name: "codes", title: "Codes", pack: "", files: [path], position: place)
    definition.isRequired = true
    for (name, type) in [
      ("code", FieldType.string), ("label", .string), ("from", .date), ("to", .date),
    ] {
      var field = FieldDefinition(name: name, headings: [], type: type, position: place)
      if type == .date { field.formats = DateFormat.dateDefaults }
      field.constraints.required = name == "code"
      definition.fields.append(field)
    }
    let columns = Set(Column.allCases.map(\.rawValue))
    // No field of a code file is bounded by the as-of date, so any day will do.
    let request = ReadingRequest(
      definition: definition, keptFields: columns, asOf: CalendarDate(dayNumber: 0))
    return readTable(
      request, files: [ExtractFile(path: path, relativePath: path)], pool: &pool, progress: nil)
  }

  private func report(_ what: String, line: Int) {
    collector.report(what, at: SourcePosition(file: path, line: line))
  }
}
