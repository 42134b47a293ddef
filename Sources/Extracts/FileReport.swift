/// How one file was read.
public struct FileReport: Sendable {
  /// The path relative to the folder of extracts, with `/`.
  public var path: String
  /// The size in bytes.
  public var size = 0
  /// The SHA-256 of the bytes read, in lower-case hexadecimal; empty where none could be read.
  public var sha256 = ""
  /// The sum of its records in any order, in hexadecimal.
  ///
  /// Empty where nobody asked, the file is longer than 64 MB, or it was not read to its end.
  public var recordSum = ""
  /// The encoding of its characters.
  public var encoding: TextEncoding?
  /// What separates its fields.
  public var delimiter: UInt8?
  /// The physical line of the headings, from 1.
  public var headerLine: Int?
  /// Records read: checked and rejected.
  public var rowsRead = 0
  /// Records that became rows.
  public var rowsChecked = 0
  /// Records that did not.
  public var rowsRejected = 0
  /// Lines above the headings and at the end that were passed over as titles and footers, and the
  /// line that underlines the headings.
  public var passedOver: [PassedLine] = []
  /// The line directly below the headings that only underlines them; nil where there is none.
  public var underline: Int?
  /// Blank lines with something after them, and headings that stand again: rows of a sheet that are
  /// no records.
  var otherLines = 0
  /// Whether its last line ended: one that does not may be cut off, though it has all its cells.
  public var endsInLineBreak = false
  /// How many of them are footers.
  public var footerCount = 0
  /// How many rows a footer says there are, as databases write it: `(20 rows affected)`.
  public var statedRows: Int?
  /// The number in a footer such as `Total: 20`, where fewer records were read.
  ///
  /// It may count the records, or be the sum of something.
  public var statedTotal: Int?
  /// Whether a footer such as `Total: 20` gives as many records as were read of the file, or of it
  /// and others of its table; nil where there is no such footer.
  public var isTotalOfRecords: Bool?
  /// The records that a footer may count: those read, without rows of empty cells and footers that
  /// were read as records.
  var countedRows = 0
  /// What the case system calls each field, by field number, as far as the file's headings show.
  public var labels: [String] = []
  /// Headings that no field names.
  public var unknownHeadings: [String] = []
  /// Why the input cannot be trusted; empty where it can.
  ///
  /// Safe for logs: no cell is quoted.
  public var faults: [InputFault] = []
  /// What may have been read as it was not meant, such as a last line that counts as a record.
  ///
  /// It may hide a fault, so a run says it even where nothing is found. Safe for logs.
  public var doubts: [String] = []
  /// What else a person should know although the input can be trusted.
  ///
  /// Safe for logs.
  public var remarks: [String] = []

  /// A report on a file not read yet.
  public init(path: String) { self.path = path }
}
