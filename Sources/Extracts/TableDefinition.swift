public import Diagnostics
public import Patterns
public import Values
public import WorkingTime

/// What an export of one kind looks like, and what its cells must hold.
///
/// The vocabulary is that of Frictionless Table Schema and Table Dialect (specs.frictionlessdata.io).
public struct TableDefinition: Sendable {
  /// The table's name in the rules.
  public var name: String
  /// The table's name for people.
  public var title: String
  /// The pack that defines it; empty outside `packs/`.
  public var pack: String
  /// Globs on the file name, any case; several files are one table.
  public var files: [String]
  /// No file, or none with a row, is then an untrusted input.
  public var isRequired = false
  /// A header without rows passes.
  public var mayBeEmpty = false
  /// The numbers (in `fields`) of the fields whose cells may span lines.
  public var multilineFields: Set<Int> = []
  /// The encoding of the files, nil to find it.
  public var encoding: TextEncoding?
  /// How records are written.
  public var dialect = Dialect()
  /// The texts that stand for no value; exact, with regard to case.
  public var missingValues: Set<Text> = [""]
  /// The fields of the key, by number in `fields`; empty where the table has none.
  public var primaryKey: [Int] = []
  /// The field that says whose case file a row belongs to.
  public var person: Int?
  /// The columns.
  public var fields: [FieldDefinition] = []
  /// References to other tables.
  public var foreignKeys: [ForeignKey] = []
  /// Where it is defined.
  public var position: SourcePosition

  /// A table with no fields yet.
  public init(name: String, title: String, pack: String, files: [String], position: SourcePosition)
  {
    self.name = name
    self.title = title
    self.pack = pack
    self.files = files
    self.position = position
  }

  /// The number of a field, by name.
  public func fieldNumber(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}

/// One column of a table.
public struct FieldDefinition: Sendable {
  /// The name in the rules.
  public var name: String
  /// The headings under which exports carry it, beside the name itself.
  public var headings: [String]
  /// What its cells hold.
  public var type: FieldType
  /// For date, datetime and time: the formats, tried in order.
  ///
  /// Never empty for those types.
  public var formats: [DateFormat] = []
  /// For boolean: the words for true.
  public var trueValues: Set<Text> = ["true", "True", "TRUE", "1", "Y", "Yes", "YES"]
  /// For boolean: the words for false.
  public var falseValues: Set<Text> = ["false", "False", "FALSE", "0", "N", "No", "NO"]
  /// For integer and number: what parts groups of digits, such as `,`.
  public var groupChar: String?
  /// For number: what stands before the decimals.
  public var decimalChar = "."
  /// What its cells must hold.
  public var constraints = Constraints()
  /// The code list of its values, by name, with the codes that hold on the as-of date.
  public var codes: AllowedCodes?
  /// Whether lists may quote its cells: not where they hold a child's name, unless the definition says so.
  public var isShown = true
  /// Where it is defined.
  public var position: SourcePosition

  /// A column without constraints.
  public init(name: String, headings: [String], type: FieldType, position: SourcePosition) {
    self.name = name
    self.headings = headings
    self.type = type
    self.position = position
  }
}

/// The codes that a field may hold on the as-of date.
public struct AllowedCodes: Sendable {
  /// The code list's name.
  public var list: String
  /// The codes.
  public var values: Set<Text>
  /// When the other codes of the list hold, in words that follow its name: `only until 2023-12-31`.
  public var others: [Text: String]

  /// Names a list and its codes.
  public init(list: String, values: Set<Text>, others: [Text: String] = [:]) {
    self.list = list
    self.values = values
    self.others = others
  }
}

/// What the cells of a field must hold; each is a rule of its own.
public struct Constraints: Sendable {
  /// A cell must hold something.
  public var required = false
  /// No value twice.
  public var unique = false
  /// The only texts allowed, as written in the file.
  public var allowed: [Text]?
  /// The least value.
  public var minimum: Bound?
  /// The greatest value.
  public var maximum: Bound?
  /// What the whole text must match.
  public var pattern: Pattern?
  /// The least length in code points.
  public var minLength: Int?
  /// The greatest length in code points.
  public var maxLength: Int?

  /// No constraints.
  public init() {}
}

/// A least or greatest value.
public enum Bound: Hashable, Sendable {
  /// The as-of date of the run.
  case asOf
  /// A value of the field's own type (`integer`, `number`, `date`, `datetime` or `time`).
  case value(CellValue)
}

/// A reference from a table to another.
public struct ForeignKey: Sendable {
  /// The referring fields, by number in their table.
  public var fields: [Int]
  /// The table referred to.
  public var table: String
  /// The fields referred to, by name.
  public var referenced: [String]
  /// The name by which expressions go up to the referred row.
  public var name: String?
  /// The name by which expressions come down from the referred row, where it is not the table's own.
  public var reverseName: String?
  /// Where it is defined.
  public var position: SourcePosition

  /// A reference.
  public init(
    fields: [Int], table: String, referenced: [String], name: String?, position: SourcePosition
  ) {
    self.fields = fields
    self.table = table
    self.referenced = referenced
    self.name = name
    self.position = position
  }
}

/// How records are written, after Frictionless Table Dialect.
public struct Dialect: Sendable {
  /// What parts fields; nil to find it among comma, semicolon, tab and pipe.
  public var delimiter: UInt8?
  /// What quotes fields.
  public var quoteChar = UInt8(ascii: "\"")
  /// The physical line of the headings, from 1; nil to find it.
  public var headerRow: Int?
  /// Globs on the text of records at the end of a file that are no records.
  public var footer: [String] = []

  /// All found by themselves, and no footers.
  public init() {}
}

/// How the characters of a file are written as bytes.
public enum TextEncoding: String, CaseIterable, Hashable, Sendable {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "utf-8"
  /// UTF-16, least byte first.
  case utf16LittleEndian = "utf-16le"
  /// UTF-16, greatest byte first.
  case utf16BigEndian = "utf-16be"
  /// Windows code page 1252, Western European.
  case windows1252 = "windows-1252"
}
