/// What is known of one file while its records are read.
struct FileRun: Sendable {
  var headings: Headings
  var echo: HeadingEcho
  /// The longest cells, which show where the export cut texts off.
  var longest: LongestCells
  /// Whether the bytes of every record must be looked at.
  let hasBadBytes: Bool
  let encoding: TextEncoding
  var report: FileReport
  /// The physical line on which its first headings end.
  var headingsEnd = 0
  /// The sum of its records; nil where nobody asks, or the file is too long.
  var recordSum: RecordSum?
  /// Records that match a footer, as long as nothing else has followed them.
  var pending: [PendingFooter] = []
  /// The last rows, among which footers are looked for.
  var lastRows = LastRows()
  /// How many rows have only empty cells: no footer counts these.
  var blankRows = 0
  /// How many lines are blank and have something after them.
  var blankLines = 0
  /// How many rows at the end look like footers but are read as records.
  var footersAmongRows = 0
  /// The greatest number of rows that a footer gives; nil where none does.
  var statedRows: Int?
  /// The greatest number of a footer such as `Total: 20`; nil where there is none.
  var statedTotal: Int?
  /// The lines on which the headings are repeated.
  var repeatedHeadings = FaultPlaces()
  /// The lines of records before which marks stand, as in files that were put together.
  var marked = FaultPlaces()
  var badEncoding = FaultPlaces()
  /// The lines of records in which a backslash stands before a quote.
  var escapedQuotes = FaultPlaces()
  var unclosedQuotes = FaultPlaces()
  /// By field; −1 for columns that no field names.
  var swallowed: [Int: FaultPlaces] = [:]

  init(
    _ headings: Headings, _ survey: FileSurvey, _ report: FileReport,
    _ definition: TableDefinition, _ index: HeadingIndex
  ) {
    self.headings = headings
    echo = HeadingEcho(headings, definition, index)
    longest = LongestCells(columns: headings.width)
    hasBadBytes = survey.hasBadBytes
    encoding = survey.encoding
    self.report = report
  }

  /// The same file, before anything was read of it.
  func another() -> FileRun {
    var other = self
    other.report = FileReport(path: report.path)
    other.recordSum?.clear()
    other.pending = []
    other.lastRows = LastRows()
    other.blankRows = 0
    other.blankLines = 0
    other.repeatedHeadings = FaultPlaces()
    other.marked = FaultPlaces()
    other.badEncoding = FaultPlaces()
    other.escapedQuotes = FaultPlaces()
    other.unclosedQuotes = FaultPlaces()
    other.swallowed = [:]
    other.longest = LongestCells(columns: headings.width)
    return other
  }

  /// Adds the result of the next records of the file.
  mutating func append(_ later: FileRun) {
    report.rowsRead += later.report.rowsRead
    report.rowsChecked += later.report.rowsChecked
    report.rowsRejected += later.report.rowsRejected
    report.passedOver += later.report.passedOver
    report.footerCount += later.report.footerCount
    report.underline = report.underline ?? later.report.underline
    report.statedRows = later.report.statedRows ?? report.statedRows
    report.faults += later.report.faults
    report.remarks += later.report.remarks
    if let more = later.recordSum { recordSum?.append(more) }
    pending = later.pending
    lastRows.take(later.lastRows)
    blankRows += later.blankRows
    blankLines += later.blankLines
    longest.append(later.longest)
    repeatedHeadings.append(later.repeatedHeadings)
    marked.append(later.marked)
    badEncoding.append(later.badEncoding)
    escapedQuotes.append(later.escapedQuotes)
    unclosedQuotes.append(later.unclosedQuotes)
    for (field, places) in later.swallowed {
      swallowed[field, default: FaultPlaces()].append(places)
    }
  }

  /// Adds the faults and remarks that were counted to the report.
  mutating func close(_ definition: TableDefinition) {
    closeLongest(definition)
    report.otherLines = blankLines + repeatedHeadings.count
    let read = report.rowsRead - footersAmongRows - blankRows
    report.countedRows = read
    report.isTotalOfRecords = statedTotal.map { $0 == read }
    if let stated = statedRows, read < stated {
      report.faults.append(.fewerThanStated(read, of: stated))
    } else if let total = statedTotal, read < total {
      report.statedTotal = total
    }
    if escapedQuotes.count > 0 { report.doubts.append(HarmWords.escapedQuotes(escapedQuotes)) }
    if badEncoding.count > 0 { report.faults.append(.badEncoding(badEncoding, encoding)) }
    if unclosedQuotes.count > 0 { report.faults.append(.unclosedQuote(unclosedQuotes)) }
    for (field, places) in swallowed {
      let name = field < 0 ? nil : definition.fields[field].name
      report.faults.append(.swallowedRecords(places, field: name))
    }
    if repeatedHeadings.count > 0 {
      report.remarks.append(
        "the headings stand again on \(repeatedHeadings.words); passed over, since they are no rows."
      )
    }
    if marked.count > 0 {
      report.remarks.append(
        "a byte-order mark or a Ctrl-Z stands before \(marked.words), as where files were put together, and was taken off."
      )
    }
    report.passedOver.sort { $0.line < $1.line }
    report.faults.sort {
      ($0.line ?? 0, $0.kind.rawValue, $0.field ?? "") < (
        $1.line ?? 0, $1.kind.rawValue, $1.field ?? ""
      )
    }
  }
}

/// A record that is a footer if no other record follows it.
struct PendingFooter: Sendable {
  enum Otherwise {
    case row(Record)
    case rejected(String)
  }

  var line: Int
  var text: [UInt8]
  /// What it is if it is no footer.
  var otherwise: Otherwise
}
