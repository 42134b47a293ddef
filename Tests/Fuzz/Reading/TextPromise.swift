import Values

@testable import Extracts

/// Checks that the text of every cell, kept as a value, is the text in the file.
///
/// It reads the records once more and matches them with the rows by their lines.
func checkTexts(_ outcome: ReadingOutcome, _ file: ExtractFile, _ settings: ReadSettings) throws {
  let report = outcome.report
  guard let places = outcome.places else { return }
  guard report.encoding != nil, let delimiter = report.delimiter,
    let survey = try? FileSurvey(
      file.path, declared: outcome.table.definition.encoding, settings: settings)
  else { return }
  let quote = outcome.table.definition.dialect.quoteChar
  let buffer = try LineBuffer(
    file.path, survey, quote: quote, settings: settings, isDigested: false)
  var reader = RecordReader(buffer, delimiter: delimiter, quote: quote)
  var record = Record()
  // The lines above the headings are passed over one by one, whatever quotes they hold.
  _ = try reader.passOver(before: report.headerLine ?? 1)
  var row = 0
  while row < outcome.table.rowCount {
    let step = try reader.next(&record)
    if step == .end { break }
    guard step == .record, reader.first.number == Int(outcome.table.lines[row]) else { continue }
    if record.isMarked { record.dropMarks() }
    for (field, place) in places.enumerated() where place >= 0 {
      let kept = outcome.table.columns[field]?.text(at: row, in: outcome.pool) ?? ""
      let written = record.text(of: place)
      // Compared by scalars: to Swift's `==`, é as one scalar equals é as two.
      try promise(
        kept.unicodeScalars.elementsEqual(written.unicodeScalars),
        "field \(field) of row \(row) is \(kept.debugDescription), "
          + "not \(written.debugDescription) as in the file")
    }
    row += 1
  }
  try promise(row == outcome.table.rowCount, "row \(row) stands on no record's line")
}
