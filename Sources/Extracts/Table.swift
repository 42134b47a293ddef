public import Values

/// All rows of one kind, typed, with what is needed to find each of them in its file again.
public struct Table: Sendable {
  /// What the table is.
  public var definition: TableDefinition
  /// How many rows were checked.
  public var rowCount = 0
  /// The columns by field number; nil where no rule reads the field, or no file has its heading.
  public var columns: [Column?]
  /// For each field, whether some file had its heading.
  public var hasHeading: [Bool]
  /// For each field, whether some file lacked its heading.
  public var lacksHeading: [Bool]
  /// What was found wrong with single cells while reading, by row, then field, then constraint.
  public var findings: [CellFinding] = []
  /// For each field, how many of its cells were judged.
  public var tallies: [FieldTally]
  /// The records that could not be read, in the order of files and lines.
  public var rejects: [RejectedRecord] = []
  /// The files, in the order in which they were read: by name, bytes.
  public var files: [FileReport] = []
  /// For each file, the number of its first row.
  public var firstRows: [Int] = []
  /// For each row, the physical line on which its record starts, from 1.
  public var lines = ColumnValues<Int32>()

  /// A table without rows.
  public init(definition: TableDefinition) {
    self.definition = definition
    columns = Array(repeating: nil, count: definition.fields.count)
    hasHeading = Array(repeating: false, count: definition.fields.count)
    lacksHeading = hasHeading
    tallies = Array(repeating: FieldTally(), count: definition.fields.count)
  }

  /// The number in `files` of the file that a row stands in.
  public func fileNumber(ofRow row: Int) -> Int {
    var low = 0
    var high = firstRows.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstRows[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }
}

/// The constraint of a field that a cell breaks.
public enum CellConstraint: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Nothing where something must stand.
  case required
  /// Not of the field's type.
  case type
  /// Not among the allowed texts or codes.
  case `enum`
  /// Under the least value.
  case minimum
  /// Over the greatest value.
  case maximum
  /// Not of the form.
  case pattern
  /// Too short.
  case minLength
  /// Too long.
  case maxLength

  /// Orders as declared.
  public static func < (a: CellConstraint, b: CellConstraint) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}

/// How many cells of a field were judged.
public struct FieldTally: Hashable, Sendable {
  /// Cells with a text that is no missing value, readable or not.
  public var given = 0
  /// Cells with a value of the field's type.
  public var present = 0

  /// None yet.
  public init() {}
}

/// A record that could not be read, kept verbatim.
public struct RejectedRecord: Hashable, Sendable {
  /// The number of its file in the table's `files`.
  public var file: Int
  /// The physical line on which it starts, from 1.
  public var line: Int
  /// Why, for people, such as `7 fields where the headings name 8`.
  public var reason: String
  /// The record as it stands in the file, decoded, without its line end.
  public var text: String
  /// Whether it may be but a part of one: what says whose it is may be what it lacks.
  public var isPart: Bool

  /// A rejected record.
  public init(file: Int, line: Int, reason: String, text: String, isPart: Bool = true) {
    self.isPart = isPart
    self.file = file
    self.line = line
    self.reason = reason
    self.text = text
  }
}

/// How one file was read.
public struct FileReport: Sendable {
  /// The path relative to the folder of extracts, with `/`.
  public var path: String
  /// Bytes.
  public var size = 0
  /// The SHA-256 of the bytes that were read, in small hexadecimal; empty where none could be.
  public var sha256 = ""
  /// How its characters are written.
  public var encoding: TextEncoding?
  /// What parts its fields.
  public var delimiter: UInt8?
  /// The physical line of the headings, from 1.
  public var headerLine: Int?
  /// Records read: checked and rejected.
  public var rowsRead = 0
  /// Records that became rows.
  public var rowsChecked = 0
  /// Records that did not.
  public var rowsRejected = 0
  /// Lines above the headings and at the end that were passed over as titles and footers, with their lines.
  public var passedOver: [String] = []
  /// How many of them are footers.
  public var footerCount = 0
  /// How many rows a footer says there are, as databases do: `(20 rows affected)`.
  public var statedRows: Int?
  /// Headings that no field names.
  public var unknownHeadings: [String] = []
  /// Why the input cannot be trusted; empty where it can.
  ///
  /// Safe for logs: no cell is quoted.
  public var faults: [InputFault] = []
  /// What a person should know all the same.
  ///
  /// Safe for logs.
  public var remarks: [String] = []

  /// A report on a file not read yet.
  public init(path: String) { self.path = path }
}

/// Why an input cannot be trusted (exit 3).
public struct InputFault: Hashable, Sendable {
  /// What kind of fault it is; also its name in `summary.json`.
  public enum Kind: String, Hashable, Sendable {
    /// No file matches the table.
    case missingFile
    /// The file could not be opened or read.
    case unreadable
    /// The file has no bytes but a byte-order mark.
    case empty
    /// Headings, and no rows.
    case noRows
    /// Not a text file of records: a folder, a workbook, a web page, binary.
    case notDelimitedText
    /// No line looks like the headings.
    case noHeadings
    /// A heading that must be there is not.
    case missingHeading
    /// Two columns match one field.
    case doubleHeading
    /// The file ends in the middle of a record, or has fewer than its footer counts.
    case truncated
    /// A quote is never closed.
    case unclosedQuote
    /// Stray quotes hide whole records in one cell.
    case swallowedRecords
    /// Bytes that are no characters in the file's encoding.
    case badEncoding
    /// The file changed while it was read.
    case changedWhileRead
    /// Dates with day and month the other way round from what the definition says.
    case dateOrder
    /// Identifiers of which Excel has kept the first digits.
    case lostDigits
  }

  /// What kind of fault it is.
  public var kind: Kind
  /// The physical line, from 1, where there is one.
  public var line: Int?
  /// The field, by name, where there is one.
  public var field: String?
  /// What is wrong and what to do, without the place.
  ///
  /// Safe for logs: no cell is quoted.
  public var message: String

  /// A fault.
  public init(_ kind: Kind, line: Int? = nil, field: String? = nil, message: String) {
    self.kind = kind
    self.line = line
    self.field = field
    self.message = message
  }
}
