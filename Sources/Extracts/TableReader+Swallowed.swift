extension TableReader {
  /// The column of a record over several lines whose cell seems to hide records; nil where none does.
  mutating func hider(of record: Record, _ text: ArraySlice<UInt8>, _ headings: Headings) -> Int? {
    var spanning: Int?
    for column in 0..<record.count where record.spansLines(column) {
      spanning = spanning ?? column
      if column < headings.width, let field = headings.fields[column],
        !definition.multilineFields.contains(field)
      {
        return column
      }
      let cell = record.bytes[record.fields[column].range]
      if hasRecordLine(cell, headings) { return column }
    }
    // The lines as they stand in the file, with their quotes; the first of them opens the quote.
    let rest = text.drop { $0 != .lineFeed && $0 != .carriageReturn }
    return spanning != nil && hasRecordLine(rest, headings) ? spanning : nil
  }

  /// Rejects the lines of a record one by one.
  mutating func rejectSpan(
    _ reader: borrowing RecordReader, _ column: Int, _ run: inout FileRun
  ) {
    flushFooters(&run)
    let field = column < run.headings.width ? run.headings.fields[column] : nil
    run.swallowed[field ?? -1, default: FaultPlaces()].add(reader.first.number)
    let reason = RejectWords.swallowed(from: reader.first.number)
    forEachLine(reader.text) { number, line in
      let text = line.span.decoded
      reject(reason, line: reader.first.number + number, text, &run)
    }
  }

  /// Whether some line by itself has the table's width and a value that passes as its key.
  private mutating func hasRecordLine(_ text: ArraySlice<UInt8>, _ headings: Headings) -> Bool {
    let parser = RecordParser(delimiter: headings.delimiter, quote: definition.dialect.quoteChar)
    var found = false
    forEachLine(text) { _, bytes in
      // Most lines of a note end here, before they are taken apart.
      if found || bytes.count(where: { $0 == headings.delimiter }) + 1 < headings.width { return }
      line.clear()
      if bytes.contains(definition.dialect.quoteChar) {
        var outcome = parser.parse(bytes.span, into: &line)
        if outcome == .open { outcome = parser.finish(&line) }
        if outcome != .complete { return }
      } else {
        line.split(bytes.span, at: headings.delimiter)
      }
      found = line.count == headings.width && passesAsKey(line)
    }
    return found
  }
}

/// The physical lines of a text that are not blank, with their number in it, from 0.
private func forEachLine(_ text: ArraySlice<UInt8>, _ take: (Int, ArraySlice<UInt8>) -> Void) {
  var lines = LineBuffer(Array(text), quote: UInt8(ascii: "\""))
  // The bytes are all there, so that no reading can fail.
  while let step = try? lines.nextLine(), step == .line {
    let line = lines.text(lines.line.start, lines.line.end)
    if !line.allSatisfy({ $0 == .space || $0 == .tab }) { take(lines.line.number - 1, line) }
  }
}
