import Diagnostics

// The sentences about inputs that cannot be trusted. They may quote headings but never a cell, as
// they go to logs and mail.
extension InputFault {
  static func unreadable(_ fault: SystemFault) -> InputFault {
    InputFault(
      .unreadable,
      message: "the file cannot be read: \(fault.words). See that it is there and that casecheck's "
        + "user may read it.")
  }

  static let empty = InputFault(
    .empty,
    message: "the file is empty: not even headings stand in it. Run the export again.")

  static let blank = InputFault(
    .empty,
    message: "the file holds nothing but blank lines, not even headings. Run the export again.")

  static func notDelimitedText(_ kind: FileKind) -> InputFault {
    InputFault(.notDelimitedText, message: "\(kind.words). Export the table again, as CSV.")
  }

  static func noHeadings(_ definition: TableDefinition) -> InputFault {
    let wanted = definition.fields.prefix(5).map { "“\($0.headings.first ?? $0.name)”" }
    let more = definition.fields.count > 5 ? " and more" : ""
    let place =
      definition.dialect.headerRow.map {
        "line \($0), which headerRow names, has none of the headings"
      }
      ?? "none of the first \(HeaderSearch.mostLines) lines looks like the headings"
    return InputFault(
      .noHeadings,
      message: "\(place) of the table \(definition.name), such as "
        + "\(wanted.joined(separator: ", "))\(more). "
        + "Export the table with its headings, or add the headings it has to the table definition; "
        + "if they are there, name the mark that parts them as the delimiter of its dialect.")
  }

  static func recordsAboveHeadings(_ places: FaultPlaces) -> InputFault {
    let what =
      places.count == 1 ? "looks like a record and was" : "look like records and were"
    return InputFault(
      .noHeadings, line: places.first,
      message:
        "\(places.words) above the headings \(what) rejected: the headings stand twice, or the "
        + "first ones are broken. Export the table again, with its headings once, above all records."
    )
  }

  static let noRecords = InputFault(
    .noHeadings,
    message: "none of the first lines looks like headings. Export the table with its headings.")

  static func missingHeading(_ field: FieldDefinition, isKey: Bool, near: String?, line: Int)
    -> InputFault
  {
    let names = ([field.name] + field.headings).map { "“\($0)”" }.joined(separator: ", ")
    let hint = near.map { " Perhaps “\($0)” is it." } ?? ""
    let why = isKey ? "which is of the table's key" : "which is required"
    return InputFault(
      .missingHeading, line: line, field: field.name,
      message: "there is no column for \(field.name), \(why) (looked for \(names)).\(hint) "
        + "Export the column, or add its heading to the table definition.")
  }

  static func doubleHeading(_ field: FieldDefinition, _ headings: Headings, columns: [Int])
    -> InputFault
  {
    let named = columns.map { "column \($0 + 1) “\(headings.texts[$0])”" }
    return InputFault(
      .doubleHeading, line: headings.line, field: field.name,
      message: "\(named.joined(separator: " and ")) are both \(field.name); the first was read. "
        + "Export one of them alone, or take the other's heading out of the table definition.")
  }

  static func badHeadings(line: Int) -> InputFault {
    InputFault(
      .badEncoding, line: line,
      message: "the headings hold bytes that are no characters. Export the table again, as UTF-8.")
  }

  static func noRows(records: Int) -> InputFault {
    InputFault(
      .noRows,
      message: records == 0
        ? "the file has headings and no rows. Run the export again; where an empty table is right, "
          + "say mayBeEmpty: true in its definition."
        : "none of the file's \(records == 1 ? "one record" : "\(records) records") could be read. "
          + "See the rejected records for why.")
  }

  static func truncated(line: Int, withinQuotes: Bool) -> InputFault {
    let place = withinQuotes ? "within a quoted cell" : "before the last record has all its fields"
    return InputFault(
      .truncated, line: line,
      message: "the file ends \(place), so that the end of the export may be missing. "
        + "Run the export again.")
  }

  static func fewerThanStated(_ read: Int, of stated: Int) -> InputFault {
    InputFault(
      .truncated,
      message:
        "its footer counts \(amount(stated, "row")), and \(amount(read, "record was", "records were")) read: what is missing may "
        + "be anybody's. Run the export again.")
  }

  static func unclosedQuote(_ places: FaultPlaces) -> InputFault {
    InputFault(
      .unclosedQuote, line: places.first,
      message: "a quote that begins on \(places.words) is never closed. Its line was rejected and "
        + "the lines after it read as records; correct the quote in the case system, or have the "
        + "export double the quotes within cells.")
  }

  static func swallowedRecords(_ places: FaultPlaces, field: String?) -> InputFault {
    let cell = field.map { "the cell of \($0)" } ?? "the quoted cell"
    return InputFault(
      .swallowedRecords, line: places.first, field: field,
      message: "\(cell) in the record on \(places.words) runs over several lines, which may be "
        + "records that stray quotes hide. Each of these lines was rejected; correct the quotes in "
        + "the case system, or name the field in multiline where its text has line breaks.")
  }

  static func badEncoding(_ places: FaultPlaces, _ encoding: TextEncoding) -> InputFault {
    InputFault(
      .badEncoding, line: places.first,
      message:
        "\(places.words) \(places.count == 1 ? "holds" : "hold") bytes that are no characters of a text "
        + "in \(encoding.rawValue), or NUL bytes. Those records were rejected; take such bytes out in the case system, or "
        + "export the table again, as UTF-8.")
  }

  static func tooLong(line: Int, most: Int) -> InputFault {
    InputFault(
      .notDelimitedText, line: line,
      message:
        "the line has more than \(most >> 20) MiB, which no record has. Run the export again.")
  }

  static let changed = InputFault(
    .changedWhileRead,
    message: "the file was written to while it was read. Start the run when the export is done.")
}

/// The lines of a file on which one kind of fault was found.
struct FaultPlaces {
  private(set) var lines: [Int] = []
  private(set) var count = 0

  var first: Int? { lines.first }

  mutating func add(_ line: Int) {
    count += 1
    if lines.count < 10 { lines.append(line) }
  }

  /// Adds places that follow these.
  mutating func append(_ later: FaultPlaces) {
    count += later.count
    lines += later.lines.prefix(10 - lines.count)
  }

  /// `line 3`, `lines 3, 7 and 9`, `lines 3, 7 ... and 20 more`.
  var words: String {
    let named = lines.map(String.init)
    if count > lines.count {
      return "lines \(named.joined(separator: ", ")) and \(count - lines.count) more"
    }
    if count == 1 { return "line \(named[0])" }
    return "lines \(named.dropLast().joined(separator: ", ")) and \(named[count - 1])"
  }
}

extension FileKind {
  fileprivate var words: String {
    switch self {
    case .folder: "this is a folder, not a file"
    case .special: "this is no ordinary file"
    case .workbook: "this is an Excel workbook (.xlsx) or a zip archive, whatever its name says"
    case .oldWorkbook: "this is an old Excel workbook (.xls), whatever its name says"
    case .webPage: "this is a web page, perhaps a log-in page or an Excel file in HTML"
    case .markup: "this is XML"
    case .portableDocument: "this is a PDF"
    case .compressed: "this is a compressed file"
    case .binary: "this is no text"
    }
  }
}

extension InputFault: Error {}
