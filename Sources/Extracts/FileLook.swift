/// What an export looks like, for `casecheck inspect`.
public struct FileLook: Sendable {
  /// The file.
  public var file: ExtractFile
  /// The size in bytes.
  public var size = 0
  /// The encoding of its characters; nil where the file is no text.
  public var encoding: TextEncoding?
  /// Whether the file begins with a byte-order mark.
  public var hasByteOrderMark = false
  /// What separates its fields.
  public var delimiter: UInt8?
  /// The physical line of the headings, from 1.
  public var headerLine: Int?
  /// The headings as they are in the file, from the left.
  public var headings: [String] = []
  /// How many records follow the headings, including those with another number of fields.
  public var recordCount = 0
  /// How well it matches table definitions.
  ///
  /// These are the ones whose globs match the file's name or, where none does, the one that knows
  /// most of its headings.
  public var definitions: [DefinitionLook] = []
  /// How its lines end.
  public var lineSurvey = LineSurvey()
  /// What each column seems to hold, from the left.
  public var columns: [ColumnLook] = []
  /// How its records were read; nil where none were.
  ///
  /// They are read by the definition that its name matches, or else by the drafted one. What the
  /// report lists as passed over may hold cells.
  public var report: FileReport?
  /// Why records were rejected.
  public var rejected: [RejectedKind] = []
  /// For each field of the definition used, how many cells could not be read as its type.
  public var unreadable: [(field: String, count: Int)] = []
  /// The name of the definition that knows most of its headings.
  var bestNamed: String?
  /// The definition drafted for it.
  var draft: DraftTable?
  /// Why the file could not be trusted as an input.
  ///
  /// Safe for logs.
  public var faults: [InputFault] = []
  /// The one of them that a run with the drafted definition would not find.
  var answered: InputFault?

  /// The faults that remain with the drafted definition.
  public var faultsBesidesDraft: [InputFault] { faults.filter { $0 != answered } }

  /// A look at a file not read yet.
  public init(file: ExtractFile) { self.file = file }
}

/// How the headings of a file match one table definition.
public struct DefinitionLook: Sendable {
  /// The table's name.
  public var table: String
  /// The rule file that defines the table.
  public var source = ""
  /// Whether one of the table's globs matches the file's name.
  public var isByName: Bool
  /// For each heading, from the left, the field that it names; nil where there is none.
  public var fieldsOfHeadings: [String?] = []
  /// The fields whose heading the file does not have.
  public var missingFields: [String] = []
  /// Those of them that make the input untrusted: required ones and those of the primary key.
  public var missingRequiredFields: [String] = []

  /// Where the table was found by its headings alone: another that knows headings of the file which
  /// this one does not, though it misses some that it needs.
  public var rival: Rival?

  /// A table that a file may be meant for.
  public struct Rival: Hashable, Sendable {
    /// Its name.
    public var table: String
    /// The headings that it alone knows.
    public var headings: [String]
    /// The fields without which its input cannot be trusted and that the file does not have.
    public var missingRequiredFields: [String]
  }

  /// No headings compared yet.
  public init(table: String, isByName: Bool) {
    self.table = table
    self.isByName = isByName
  }
}
