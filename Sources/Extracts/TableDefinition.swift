public import Diagnostics
public import Values

/// What an export of one kind looks like, and what its cells must hold.
///
/// The vocabulary is that of Frictionless Table Schema and Table Dialect
/// (specs.frictionlessdata.io).
public struct TableDefinition: Sendable {
  /// The table's name in the rules.
  public var name: String
  /// The table's name for people.
  public var title: String
  /// The pack that defines it; empty outside `packs/`.
  public var pack: String
  /// Globs on the file name, ignoring case; several files make one table.
  public var files: [String]
  /// Whether no file, or none with a row, makes the input untrusted; beside `mayBeEmpty`, a file must
  /// be there, with or without rows.
  public var isRequired = false
  /// Whether headings without rows are accepted.
  public var mayBeEmpty = false
  /// The numbers (in `fields`) of the fields whose cells may span lines.
  public var multilineFields: Set<Int> = []
  /// The encoding of the files; nil to detect it.
  public var encoding: TextEncoding?
  /// How records are written.
  public var dialect = Dialect()
  /// The texts that stand for no value; matched exactly, including case.
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
