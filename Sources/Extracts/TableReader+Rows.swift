import Values

extension TableReader {
  /// How many rows are read before they are moved to their final place.
  private static let mostAtHand = 1024

  /// Whether a plain line of the headings' width is certainly a row.
  func isPlainRow(
    _ row: Int, of batch: borrowing RowBatch, _ bytes: Span<UInt8>, _ echo: borrowing HeadingEcho
  ) -> Bool {
    guard echo.isRuledOut(bytes.extracting(batch.range(row, 0))) else { return false }
    if footers.isEmpty { return true }
    for place in keyPlaces {
      let cell = bytes.extracting(batch.range(row, place.column))
      if !(hasKey ? place.checks.accepts(cell) : place.checks.readsOrIsMissing(cell)) {
        return false
      }
    }
    return true
  }

  /// Whether a record can wait to be read with those before it, being certainly a row.
  mutating func mayJoin(
    _ record: Record, _ reader: borrowing RecordReader, _ run: borrowing FileRun
  ) -> Bool {
    record.count == run.headings.width && run.pending.isEmpty && !run.hasBadBytes
      && run.echo.isRuledOut(record.bytes.span.extracting(record.fields[0].range))
      && (footers.isEmpty || passesAsKey(record))
      && (reader.first.number == reader.last.number
        || hider(of: record, reader.text, run.headings) == nil)
  }

  /// Reads the rows waiting in a batch, column by column.
  mutating func readRows(
    _ batch: inout RowBatch, _ reader: inout RecordReader, _ run: inout FileRun
  ) {
    if batch.isEmpty { return }
    readRows(
      batch, reader.buffer.bytes.span.extracting(droppingFirst: batch.origin - reader.buffer.base),
      &run)
    batch.removeAll()
    reader.buffer.heldFrom = .max
  }

  private mutating func readRows(
    _ batch: borrowing RowBatch, _ bytes: Span<UInt8>, _ run: inout FileRun
  ) {
    let last = batch.count - 1
    if !footers.isEmpty {
      for row in max(last - LastRows.most + 1, 0)...last {
        let text = batch.range(row, 0).lowerBound..<batch.range(row, batch.width - 1).upperBound
        run.lastRows.take(bytes.extracting(text), line: Int(batch.lines[row]))
      }
    }
    for row in 0...last where batch.length(row) >= Int(LongestCells.shortest) {
      run.longest.take(batch, row, bytes)
    }
    run.recordSum?.add(batch, bytes)
    readCells(of: batch, bytes, Int32(table.rowCount), &fields, &pool, &table.findings)
    lines.append(contentsOf: batch.lines)
    table.rowCount += batch.count
    run.report.rowsRead += batch.count
    run.report.rowsChecked += batch.count
    if lines.count >= Self.mostAtHand { moveRows() }
  }
}

/// Reads the cells of some rows, column by column, and sorts the findings by row.
private func readCells(
  of batch: borrowing RowBatch, _ bytes: Span<UInt8>, _ firstRow: Int32,
  _ fields: inout [FieldReader], _ pool: inout StringPool, _ findings: inout CellFindings
) {
  let before = findings.count
  var readers = fields.mutableSpan
  for index in readers.indices {
    readers[index].read(batch, bytes, firstRow: firstRow, &pool, &findings)
  }
  if findings.count - before > 1 { findings.sortByRow(from: before) }
}
