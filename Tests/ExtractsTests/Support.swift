import Diagnostics
import Foundation
import Values
import WorkingTime

@testable import Extracts

/// The block sizes in which every case is read.
///
/// A fault at the border between two blocks shows with one of them.
let chunkSizes = [1, 2, 3, 7, 1000]

/// The result of reading, as texts that are easy to compare.
struct Reading {
  let table: Table
  let pool: StringPool

  /// `2: V1|P1|2016-01-04|a note`: line, then the values.
  var rows: [String] {
    (0..<table.rowCount).map { row in
      let values = table.columns.map { $0.map { show($0.value(at: row, in: pool)) } ?? "/" }
      return "\(table.lines[row]): " + values.joined(separator: "|")
    }
  }

  /// The texts of a field's cells, as they are in the file.
  func texts(of field: String) -> [String] {
    guard let number = table.definition.fieldNumber(field), let column = table.columns[number]
    else {
      return []
    }
    return (0..<table.rowCount).map { column.text(at: $0, in: pool) }
  }

  var rejects: [String] { table.rejects.map { "\($0.line): \($0.text)" } }
  /// `truncated 3`: kind, line and field.
  var faults: [String] {
    table.files.flatMap(\.faults).map { fault in
      [fault.kind.rawValue, fault.line.map(String.init), fault.field].compactMap { $0 }
        .joined(separator: " ")
    }
  }
  /// `0 seen_on type`: row, field and constraint.
  var findings: [String] {
    table.findings.map {
      "\($0.row) \(table.definition.fields[Int($0.field)].name) \($0.constraint.rawValue)"
    }
  }
  var report: FileReport { table.files[0] }

  private func show(_ value: CellValue) -> String {
    switch value {
    case .absent: "∅"
    case .string(let text): text.string
    case .integer(let value): "\(value)"
    case .number(let value): "\(value)"
    case .boolean(let value): "\(value)"
    case .date(let date): date.description
    case .datetime(let moment): moment.description
    case .time(let time): time.description
    }
  }
}

/// 1 March 2016.
let asOf = CalendarDate(year: 2016, month: 3, day: 1) ?? CalendarDate(dayNumber: 0)
let somewhere = SourcePosition(file: "tables.yaml", line: 1)

func field(_ name: String, _ type: FieldType = .string, _ headings: String...) -> FieldDefinition {
  var field = FieldDefinition(name: name, headings: headings, type: type, position: somewhere)
  switch type {
  case .date: field.formats = DateFormat.dateDefaults
  case .datetime: field.formats = DateFormat.dateTimeDefaults
  case .time: field.formats = DateFormat.timeDefaults
  case .string, .integer, .number, .boolean: break
  }
  return field
}

func table(_ fields: FieldDefinition..., key: String? = nil) -> TableDefinition {
  var table = TableDefinition(
    name: "visits", title: "Visits", pack: "", files: ["*.csv"], position: somewhere)
  table.fields = fields
  if let key, let number = table.fieldNumber(key) { table.primaryKey = [number] }
  return table
}

/// Visits: a key, a person, a day and a note.
let visits = table(
  field("visit_id", .string, "Visit ID"), field("person_id"), field("seen_on", .date, "Seen On"),
  field("note"), key: "visit_id")

/// A folder for one test, removed with the value.
final class Folder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "extracts-\(UUID())")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  @discardableResult
  func write(_ bytes: some Sequence<UInt8>, to name: String) throws -> ExtractFile {
    let url = URL(filePath: path).appending(path: name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
    return ExtractFile(path: url.path, relativePath: name)
  }
}

func read(
  _ files: [ExtractFile], as definition: TableDefinition, chunkSize: Int = 1 << 20,
  mostRecordBytes: Int = 64 << 20, kept: Set<Int>? = nil
) -> Reading {
  var pool = StringPool()
  var settings = ReadSettings()
  settings.firstBlock = chunkSize
  settings.block = chunkSize
  settings.blocksInSegment = chunkSize % 3 + 1
  settings.mostRecordBytes = mostRecordBytes
  let request = ReadingRequest(
    definition: definition, keptFields: kept ?? Set(definition.fields.indices), asOf: asOf)
  let table = readTable(request, files: files, pool: &pool, progress: nil, settings: settings)
  return Reading(table: table, pool: pool)
}

func read(
  _ bytes: some Sequence<UInt8>, as definition: TableDefinition = visits,
  chunkSize: Int = 1 << 20, mostRecordBytes: Int = 64 << 20, kept: Set<Int>? = nil
) throws -> Reading {
  let folder = try Folder()
  let file = try folder.write(bytes, to: "visits.csv")
  return withExtendedLifetime(folder) {
    read(
      [file], as: definition, chunkSize: chunkSize, mostRecordBytes: mostRecordBytes, kept: kept)
  }
}

func read(
  _ text: String, as definition: TableDefinition = visits, chunkSize: Int = 1 << 20,
  mostRecordBytes: Int = 64 << 20, kept: Set<Int>? = nil
) throws -> Reading {
  try read(
    text.utf8, as: definition, chunkSize: chunkSize, mostRecordBytes: mostRecordBytes, kept: kept)
}
