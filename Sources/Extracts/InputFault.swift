/// Why an input cannot be trusted (exit 3).
public struct InputFault: Hashable, Sendable {
  /// What kind of fault it is; also its name in `summary.json`.
  public enum Kind: String, Hashable, Sendable {
    /// No file matches the table.
    case missingFile
    /// The file could not be opened or read.
    case unreadable
    /// The file is empty, or has only a byte-order mark.
    case empty
    /// The file has headings but no rows.
    case noRows
    /// Not a text file of records: a folder, a workbook, a web page, binary.
    case notDelimitedText
    /// No line looks like the headings.
    case noHeadings
    /// A required heading is missing.
    case missingHeading
    /// Two columns match one field.
    case doubleHeading
    /// The file ends within a record, or has fewer records than its footer counts.
    case truncated
    /// A quote is never closed.
    case unclosedQuote
    /// Stray quotes hide whole records in one cell.
    case swallowedRecords
    /// Some bytes are no characters in the file's encoding.
    case badEncoding
    /// The file changed while it was read.
    case changedWhileRead
    /// Dates have day and month the other way round from what the definition says.
    case dateOrder
    /// Identifiers of which Excel has kept only the first digits.
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
