import Values
import WorkingTime

@testable import Extracts

/// What came of reading one file, with the columns in which it had the fields.
struct ReadingOutcome {
  let table: Table
  let pool: StringPool
  /// By field: the column of the file, −1 for none.
  let places: [Int]

  init(_ file: ExtractFile, _ definition: TableDefinition, _ settings: ReadSettings) {
    // 1 March 2016.
    let request = ReadingRequest(
      definition: definition, keptFields: Set(definition.fields.indices),
      asOf: CalendarDate(dayNumber: 16_861))
    places = TableReader(request, settings: settings).open(file).part.reader.fields.map(\.column)
    var pool = StringPool()
    table = readTable(request, files: [file], pool: &pool, progress: nil, settings: settings)
    self.pool = pool
  }

  var report: FileReport { table.files[0] }

  /// Read = checked + rejected, and each of them is there.
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

  /// In what the two differ; nil where in nothing.
  func difference(from other: ReadingOutcome) -> String? {
    for (mine, others) in zip(facts, other.facts) where mine != others {
      return "\(mine)\n≠ \(others)"
    }
    return facts.count == other.facts.count ? nil : "\(facts.count) ≠ \(other.facts.count) facts"
  }

  private var facts: [String] {
    let report = report
    var facts = [
      "sha256 \(report.sha256) \(report.size)",
      "layout \(String(describing: report.encoding)) \(String(describing: report.delimiter)) "
        + String(describing: report.headerLine),
      "faults \(report.faults.map(\.message))", "remarks \(report.remarks)",
      "passed over \(report.passedOver)", "unknown \(report.unknownHeadings)",
      "lines \(table.lines)", "tallies \(table.tallies)", "places \(places)",
      "has \(table.hasHeading) lacks \(table.lacksHeading)",
    ]
    facts += table.rejects.map { "reject \($0)" }
    facts += table.findings.map { "finding \($0)" }
    for (number, column) in table.columns.enumerated() {
      guard let column else { continue }
      facts += (0..<table.rowCount).map { row in
        "\(number) \(row) \(column.value(at: row, in: pool)) \(column.text(at: row, in: pool))"
      }
    }
    return facts
  }
}
