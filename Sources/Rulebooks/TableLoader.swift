import Diagnostics
import Extracts
import Values

/// Reads a table definition.
///
/// Foreign keys, owners and derived columns are read later, when all tables are known.
struct TableLoader {
  static let keys = [
    "table", "title", "description", "source", "files", "required", "mayBeEmpty", "multiline",
    "encoding", "dialect", "missingValues", "primaryKey", "person", "owner", "fields",
    "foreignKeys", "derived",
  ]
  static let documentKeys = keys + Declarations.sharedKeys

  let collector: DiagnosticCollector
  /// The names of the code lists.
  let codeLists: [String]
  let formats: FormatLoader

  func load(_ declaration: Declarations.Declaration) -> TableDefinition? {
    guard
      let reader = MappingReader(
        declaration.node, "this file", keys: Self.documentKeys,
        mayBeEmpty: Declarations.sharedKeys, into: collector)
    else { return nil }
    let name = declaration.name
    collector.checkIdentifier(name, "table", at: declaration.namePosition)
    var table = TableDefinition(
      name: name, title: reader.text("title") ?? name, pack: declaration.layer.pack,
      files: reader.globs("files"), position: declaration.namePosition)
    if table.files.isEmpty { reader.report("the table `\(name)` needs its `files`", key: "files") }
    reader.warnIfJoined("files")
    for glob in reader.scalars("files") {
      if glob.text?.isEmpty == true {
        collector.report(
          "an empty text is the name of no file", at: glob.position,
          advice: "Write the name of the file: visits*.csv")
      }
      guard let text = glob.text, text.contains("/") || text.contains("\\") else { continue }
      collector.report(
        "`\(text)` names a folder, and is held against the names of files alone",
        at: glob.position, advice: "Write the name of the file: visits*.csv")
    }
    table.isRequired = reader.bool("required") ?? false
    table.mayBeEmpty = reader.bool("mayBeEmpty") ?? false
    table.encoding = encoding(reader)
    table.dialect = DialectLoader(collector: collector).load(reader)
    if reader.has("missingValues") {
      table.missingValues = Set(reader.texts("missingValues").map { Text($0) })
      if !table.missingValues.contains("") {
        collector.warnEveryRun(
          "an empty cell is not among these: it holds an empty text, and `required` is met by it",
          at: reader.position(of: "missingValues"), advice: "Write \"\" with the others")
      }
    }
    table.fields = fields(reader, missing: table.missingValues)
    if table.fields.isEmpty {
      reader.report("the table `\(name)` needs its `fields`", key: "fields")
    }
    reader.reportIfEmpty("primaryKey")
    let derived = Self.derivedNames(reader)
    func field(_ node: YAMLNode, _ key: String) -> Int? {
      self.field(node, of: table, derived: derived, told: "`\(key)` wants columns of the export")
    }
    for node in reader.scalars("primaryKey") {
      guard let number = field(node, "primaryKey") else { continue }
      if table.primaryKey.contains(number) {
        collector.report("`\(node.text ?? "")` stands in the key already", at: node.position)
      } else {
        table.primaryKey.append(number)
      }
    }
    table.multilineFields = Set(reader.scalars("multiline").compactMap { field($0, "multiline") })
    table.person = reader.scalar("person").flatMap { field($0, "person") }
    return table
  }

  /// The names of a table's derived columns, which are read later.
  private static func derivedNames(_ reader: MappingReader) -> Set<String> {
    guard case .sequence(let columns)? = reader.value("derived")?.content else { return [] }
    let names = columns.compactMap { column -> String? in
      guard case .mapping(let pairs) = column.content else { return nil }
      return pairs.first { $0.key.text == "name" }?.value.text
    }
    return Set(names)
  }

  /// The number of a field by its name; a name that the table lacks is reported.
  ///
  /// `derived` are the table's derived columns, and `reason` says why these will not do.
  func field(
    _ node: YAMLNode, of table: TableDefinition, derived: Set<String>,
    told reason: String = "those cannot be part of a foreign key: name fields alone"
  ) -> Int? {
    guard let name = node.text else { return nil }
    if let number = table.fieldNumber(name) { return number }
    let meant = nearestName(to: name, among: table.fields.map(\.name))
    collector.report(
      "there is no field `\(name)` in \(table.name)", at: node.position,
      advice: derived.contains(name)
        ? "It is a derived column, and \(reason)"
        : meant.map { "Did you mean `\($0)`?" })
    // Goes on with the field most likely meant, so that what depends on it is not reported as well.
    return meant.flatMap { table.fieldNumber($0) }
  }

  private func encoding(_ reader: MappingReader) -> TextEncoding? {
    guard let text = reader.text("encoding") else { return nil }
    switch text.lowercased() {
    case "auto", "utf-16", "utf16": return nil
    case "utf-8", "utf8", "utf-8-sig": return .utf8
    case "utf-16le", "utf16le": return .utf16LittleEndian
    case "utf-16be", "utf16be": return .utf16BigEndian
    // The web's rule: what calls itself Latin-1 or ASCII is read as Windows-1252.
    case "windows-1252", "cp1252", "iso-8859-1", "latin-1", "latin1", "ascii":
      return .windows1252
    default:
      reader.report(
        "there is no encoding `\(text)`", key: "encoding",
        advice: "It is auto, \(TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))")
      return nil
    }
  }

  private func fields(_ reader: MappingReader, missing: Set<Text>) -> [FieldDefinition] {
    var fields: [FieldDefinition] = []
    var places: [String: SourcePosition] = [:]
    let loader = FieldLoader(
      collector: collector, codeLists: codeLists, formats: formats, missing: missing)
    for element in reader.elements("fields") {
      guard let field = loader.load(element) else { continue }
      collector.checkIdentifier(field.name, "field", at: field.position)
      if let other = places[field.name] {
        collector.report(
          "the field `\(field.name)` stands already at \(other)", at: field.position)
        continue
      }
      places[field.name] = field.position
      fields.append(field)
    }
    reportSharedHeadings(fields)
    return fields
  }

  /// Reports headings that two fields claim: nobody could tell which field such a column is for.
  private func reportSharedHeadings(_ fields: [FieldDefinition]) {
    var owners: [String: FieldDefinition] = [:]
    for field in fields {
      // A field answers to its own name as well.
      for heading in Set((field.headings + [field.name]).map { normalHeading($0) }).sorted() {
        if let other = owners[heading] {
          collector.report(
            "the fields `\(other.name)` and `\(field.name)` claim one heading", at: field.position,
            advice: "Headings are matched without regard to case, spaces and punctuation")
        } else {
          owners[heading] = field
        }
      }
    }
  }
}

/// Reads the dialect of a table's files: delimiter, quotes, heading row and footer.
struct DialectLoader {
  static let keys = ["delimiter", "quoteChar", "headerRow", "footer"]

  let collector: DiagnosticCollector

  func load(_ table: MappingReader) -> Dialect {
    var dialect = Dialect()
    guard let node = table.value("dialect"),
      let reader = MappingReader(
        node, "`dialect`", keys: Self.keys,
        into: collector)
    else { return dialect }
    if let text = reader.text("delimiter"), text != "auto" {
      dialect.delimiter = byte(text == "tab" || text == "\\t" ? "\t" : text, "delimiter", reader)
    }
    if let text = reader.text("quoteChar"), let byte = byte(text, "quoteChar", reader) {
      dialect.quoteChar = byte
    }
    if dialect.delimiter == dialect.quoteChar {
      reader.report("the delimiter and the quote are the same")
    }
    if let text = reader.text("headerRow"), text != "auto" {
      if let line = Int(text), line >= 1 {
        dialect.headerRow = line
      } else {
        reader.report(
          "`headerRow` is auto or the number of a line, not `\(text)`", key: "headerRow")
      }
    }
    dialect.footer = reader.globs("footer")
    return dialect
  }

  private func byte(_ text: String, _ key: String, _ reader: MappingReader) -> UInt8? {
    guard text.utf8.count == 1, let byte = text.utf8.first, byte != 10, byte != 13 else {
      reader.report("`\(key)` is one ASCII character, not `\(text)`", key: key)
      return nil
    }
    return byte
  }
}
