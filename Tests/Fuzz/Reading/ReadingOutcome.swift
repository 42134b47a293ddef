import Values
import WorkingTime

@testable import Extracts

/// The result of reading one file, with the column in which it had each field.
struct ReadingOutcome {
  let table: Table
  let pool: StringPool
  /// By field: the column of the file, −1 for none; nil where other headings further down change
  /// them.
  let places: [Int]?

  init(_ file: ExtractFile, _ definition: TableDefinition, _ settings: ReadSettings) {
    // 1 March 2016.
    var request = ReadingRequest(
      definition: definition, keptFields: Set(definition.fields.indices),
      asOf: CalendarDate(dayNumber: 16_861))
    request.isSummed = true
    let opened = TableReader(request, settings: settings).openWhole(file)
    let hasOtherHeadings = opened.part.run.map { $0.headings.line != $0.report.headerLine } ?? false
    places = hasOtherHeadings ? nil : opened.reader.fields.map(\.column)
    var pool = StringPool()
    table = readTable(request, files: [file], pool: &pool, progress: nil, settings: settings)
    self.pool = pool
  }

  var report: FileReport { table.files[0] }

  /// Checks that read = checked + rejected, and that as many rows and rejects are there.
  func checkAccounts() throws {
    try promise(
      report.rowsRead == report.rowsChecked + report.rowsRejected, "read ≠ checked + rejected")
    try promise(report.rowsChecked == table.rowCount, "checked ≠ rows")
    try promise(report.rowsRejected == table.rejects.count, "rejected ≠ rejects")
    try promise(table.lines.count == table.rowCount, "a row without a line")
    for (line, next) in zip(table.lines, table.lines.dropFirst()) {
      try promise(line < next, "lines out of order: \(line), \(next)")
    }
    for finding in table.findings {
      try promise(finding.row < table.rowCount, "a finding on no row")
    }
  }

  /// The first thing in which the two differ; nil where they are the same.
  func difference(from other: ReadingOutcome) -> String? {
    func differ<T: Equatable>(_ what: String, _ part: (ReadingOutcome) -> T) -> String? {
      let (mine, others) = (part(self), part(other))
      return mine == others ? nil : "\(what): \(mine) ≠ \(others)"
    }
    var found: [String?] = []
    found.append(differ("digest") { $0.report.sha256 })
    found.append(differ("sum of the records") { $0.report.recordSum })
    found.append(differ("size") { $0.report.size })
    found.append(differ("encoding") { $0.report.encoding })
    found.append(differ("delimiter") { $0.report.delimiter })
    found.append(differ("headings") { $0.report.headerLine })
    found.append(differ("columns") { $0.places })
    found.append(differ("labels") { $0.report.labels })
    found.append(differ("unknown headings") { $0.report.unknownHeadings })
    found.append(differ("fields with headings") { $0.table.hasHeading })
    found.append(differ("faults") { $0.report.faults })
    found.append(differ("remarks") { $0.report.remarks })
    found.append(differ("passed over") { $0.report.passedOver })
    found.append(differ("lines") { Array($0.table.lines) })
    found.append(differ("tallies") { $0.table.tallies })
    found.append(differ("rejects") { $0.table.rejects })
    found.append(differ("findings") { $0.table.findings })
    found.append(differ("values") { $0.values })
    found.append(differ("texts") { $0.texts })
    return found.lazy.compactMap(\.self).first
  }

  private var values: [[CellValue]] {
    table.columns.map { column in
      (0..<table.rowCount).compactMap { column?.value(at: $0, in: pool) }
    }
  }

  private var texts: [[String]] {
    table.columns.map { column in
      (0..<table.rowCount).compactMap { column?.text(at: $0, in: pool) }
    }
  }
}
