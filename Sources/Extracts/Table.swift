public import Values

/// All rows of one kind, typed, with what is needed to find each in its file again.
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
  /// The faults of single cells found while reading, by row, then field, then constraint.
  public var findings: CellFindings
  /// For each field, how many of its cells were judged.
  public var tallies: [FieldTally]
  /// The records that could not be read, in the order of files and lines.
  public var rejects: RejectedRecords
  /// The files in the order in which they were read: by the bytes of their names.
  public var files: [FileReport] = []
  /// For each file, the number of its first row.
  public var firstRows: [Int] = []
  /// For each row, the physical line on which its record starts, from 1.
  public var lines = ColumnValues<Int32>()

  /// A table without rows; files may lend memory for what is wrong.
  public init(definition: TableDefinition, spill: ColumnSpill? = nil) {
    self.definition = definition
    findings = CellFindings(in: spill)
    rejects = RejectedRecords(in: spill)
    columns = Array(repeating: nil, count: definition.fields.count)
    hasHeading = Array(repeating: false, count: definition.fields.count)
    lacksHeading = hasHeading
    tallies = Array(repeating: FieldTally(), count: definition.fields.count)
  }

  /// The number in `files` of the file that has a row.
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
