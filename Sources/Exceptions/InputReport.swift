public import Values

/// How one file was read as one table.
public struct InputReport: Sendable {
  /// The path relative to the extracts, with `/`; of last period's, its `EarlierName`.
  public var path: String
  /// The table; empty where no table takes the file.
  public var table: String
  /// The size in bytes.
  public var size: Int
  /// The SHA-256 of its bytes, in small hexadecimal.
  public var sha256: String
  /// The sum of its records in any order, in hexadecimal; empty where it is not known.
  public var recordSum = ""
  /// Its encoding, such as `utf-8`; empty where it is not known.
  public var encoding: String
  /// Its delimiter; empty where it is not known.
  public var delimiter: String
  /// The physical line of its headings, from 1.
  public var headerLine: Int?
  /// Records read.
  public var rowsRead: Int
  /// Records that became rows.
  public var rowsChecked: Int
  /// Records that did not.
  public var rowsRejected: Int
  /// Headings that no field names.
  public var unknownHeadings: [String]
  /// The lines that were passed over as titles and footers, by their numbers alone: what stands
  /// there may name a child.
  public var passedOver: [Int]
  /// What a person should know.
  public var remarks: [String]
  /// Why it cannot be trusted.
  public var faults: [FaultReport]
  /// The records that could not be read.
  public var rejects: RejectedRecords

  /// Whether it is one of last period's files.
  public var isEarlier: Bool { EarlierName.bareName(of: path) != nil }

  /// A report on an input not read yet.
  public init(path: String, table: String) {
    self.path = path
    self.table = table
    size = 0
    sha256 = ""
    encoding = ""
    delimiter = ""
    rowsRead = 0
    rowsChecked = 0
    rowsRejected = 0
    unknownHeadings = []
    passedOver = []
    remarks = []
    faults = []
    rejects = []
  }
}
