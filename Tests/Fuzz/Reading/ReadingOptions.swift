import Diagnostics
import Values
import WorkingTime

@testable import Extracts

/// The table as which the bytes are read, and how: the bits of an input's first byte.
struct ReadingOptions: OptionSet {
  let rawValue: UInt8

  static let footers = ReadingOptions(rawValue: 1)
  static let multiline = ReadingOptions(rawValue: 2)
  static let shortRecords = ReadingOptions(rawValue: 4)
  static let withoutKey = ReadingOptions(rawValue: 8)
  static let headingsInFirstLine = ReadingOptions(rawValue: 16)
  static let windows1252 = ReadingOptions(rawValue: 32)
  /// Whether a definition is drafted from the bytes as well.
  static let drafted = ReadingOptions(rawValue: 64)
  static let semicolons = ReadingOptions(rawValue: 128)

  /// Fields of every type, under headings that the conformance cases have too.
  private static let fields: [(String, [String], FieldType)] = [
    ("person_id", [], .string), ("name", [], .string), ("kind", ["Kind of Case"], .string),
    ("notes", ["Note"], .string), ("born", ["Start Date", "Seen On"], .date),
    ("seen_at", [], .datetime), ("slot", [], .time), ("places", ["Seq"], .integer),
    ("cost", [], .number), ("flag", [], .boolean),
  ]

  private static let somewhere = SourcePosition(file: "tables.yaml", line: 1)

  var definition: TableDefinition {
    var table = TableDefinition(
      name: "visits", title: "Visits", pack: "", files: ["*.csv"], position: Self.somewhere)
    table.fields = Self.fields.map { Self.field($0.0, $0.1, $0.2) }
    table.fields[2].codes = AllowedCodes(list: "kinds", values: ["A", "B", "CIN", "LAC"])
    table.fields[3].constraints.maxLength = 8
    table.fields[7].constraints.minimum = .value(.integer(0))
    table.fields[8].groupChar = ","
    table.fields[4].constraints.maximum = .asOf
    table.missingValues.insert("NULL")
    if contains(.footers) { table.dialect.footer = ["Total*", "*rows affected*"] }
    if contains(.multiline) { table.multilineFields = [3] }
    if !contains(.withoutKey) { table.primaryKey = [0] }
    if contains(.headingsInFirstLine) { table.dialect.headerRow = 1 }
    if contains(.windows1252) { table.encoding = .windows1252 }
    if contains(.semicolons) { table.dialect.delimiter = UInt8(ascii: ";") }
    return table
  }

  private static func field(_ name: String, _ headings: [String], _ type: FieldType)
    -> FieldDefinition
  {
    var field = FieldDefinition(name: name, headings: headings, type: type, position: somewhere)
    switch type {
    case .date: field.formats = DateFormat.dateDefaults
    case .datetime: field.formats = DateFormat.dateTimeDefaults
    case .time: field.formats = DateFormat.timeDefaults
    case .string, .integer, .number, .boolean: break
    }
    return field
  }

  func settings(chunkSize: Int) -> ReadSettings {
    var settings = ReadSettings()
    settings.firstBlock = chunkSize
    settings.block = chunkSize
    settings.blocksInSegment = chunkSize == 7 ? 1 : 3
    if contains(.shortRecords) { settings.mostRecordBytes = 100 }
    return settings
  }
}
