import Values

extension TableReader {
  /// The most bytes of records that may be split and waiting to be read, apart from one record.
  private static let mostWaitingBytes = 4 << 20

  /// Reads the headings and what precedes them.
  mutating func readHeadings(_ reader: inout RecordReader, _ run: inout FileRun)
    throws(SystemFault)
  {
    take(run.headings, into: &run)
    var record = Record()
    takeTitles(try reader.passOver(before: run.headings.line), &run)
    _ = try reader.next(&record)
    run.headingsEnd = reader.last.number
    takeHeadingRecord(record, reader, &run)
    if run.hasBadBytes, reader.text.span.hasWrongBytes {
      run.report.faults.append(.badHeadings(line: run.headings.line))
    }
  }

  /// Reads the records that begin before an offset; false where the file has ended.
  ///
  /// It reads further as long as the last of them may turn out to be footers.
  mutating func readRecords(_ reader: inout RecordReader, before end: Int, _ run: inout FileRun)
    throws(SystemFault) -> Bool
  {
    var record = Record()
    var batch = RowBatch(width: run.headings.width)
    var told = 0
    // Progress is reported even for a block in which no record turns out to begin.
    defer {
      progress?(reader.buffer.bytesRead, table.rowCount + table.rejects.count)
      run.blankLines = reader.blankLines
    }
    while reader.position.next < end || !run.pending.isEmpty {
      if reader.buffer.bytesRead != told {
        told = reader.buffer.bytesRead
        progress?(told, table.rowCount + table.rejects.count)
      }
      if run.pending.isEmpty, !run.hasBadBytes {
        reader.nextRows(into: &batch, before: end) { batch, row, bytes in
          isPlainRow(row, of: batch, bytes, run.echo)
        }
        if batch.isFull {
          readRows(&batch, &reader, &run)
          continue
        }
        if reader.position.next >= end { break }
      }
      let step = try reader.next(&record)
      if case .record = step, mayJoin(record, reader, run) {
        noteEscapes(reader, &run)
        if !footers.isEmpty { remember(reader, &run) }
        // The bytes of everything that waits are held in memory.
        if !batch.isEmpty, reader.last.next - batch.origin > Self.mostWaitingBytes {
          readRows(&batch, &reader, &run)
        }
        reader.add(record, to: &batch)
        if batch.isFull { readRows(&batch, &reader, &run) }
        continue
      }
      readRows(&batch, &reader, &run)
      switch step {
      case .record:
        if record.isMarked {
          takeMarked(record, reader, &run)
        } else {
          take(record, reader, &run)
        }
      case .broken(let breakage): take(breakage, reader, &run)
      case .end: return false
      }
      // New headings may have another width.
      if batch.width != run.headings.width { batch = RowBatch(width: run.headings.width) }
    }
    readRows(&batch, &reader, &run)
    return true
  }

  /// Takes what precedes the headings: titles, unless it looks like records, which must not be
  /// lost.
  private mutating func takeTitles(_ lines: [(line: Int, text: String)], _ run: inout FileRun) {
    let search = HeaderSearch(definition, headingIndex)
    var earlierWidth: Int?
    var lost = FaultPlaces()
    for (number, text) in lines {
      takeApart(text, run.headings)
      let isRecord =
        line.count == earlierWidth || looksLikeRecord(line, run.headings)
        || isFilledLikeRecord(line, run.headings)
      if isRecord {
        lost.add(number)
        reject(RejectWords.aboveHeadings, line: number, text, &run)
        continue
      }
      if search.areHeadings(line.texts, run.headings.delimiter) { earlierWidth = line.count }
      run.report.passedOver.append(PassedLine(line: number, text: text))
    }
    if lost.count > 0 { run.report.faults.append(.recordsAboveHeadings(lost)) }
  }

  /// Splits a line by itself, by its quotes if they are in order.
  mutating func takeApart(_ text: String, _ headings: Headings) {
    let bytes = Array(text.utf8)
    let parser = RecordParser(delimiter: headings.delimiter, quote: definition.dialect.quoteChar)
    line.clear()
    var outcome = parser.parse(bytes.span, into: &line)
    if outcome == .open { outcome = parser.finish(&line) }
    if outcome == .complete { return }
    line.clear()
    line.split(bytes.span, at: headings.delimiter)
  }

  /// Takes the record of the headings.
  ///
  /// Headings over several lines may hide records behind a stray quote, and headings at the end of
  /// the file may have been cut off.
  private mutating func takeHeadingRecord(
    _ record: Record, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    if reader.last.number > reader.first.number, hidesRecords(record, reader.text, run.headings) {
      rejectSpan(reader, run.headings.width, &run)
    } else if reader.last.isUnended, run.headings.columns.contains(where: \.isEmpty) {
      run.report.faults.append(.truncated(line: reader.first.number, withinQuotes: false))
    }
  }

  /// Takes a record as its quotes delimit it.
  mutating func take(
    _ record: Record, _ reader: borrowing RecordReader,
    _ run: inout FileRun
  ) {
    // Headings that span lines, and stand again at the head of each page, hide nothing.
    if reader.last.number > reader.first.number, !run.echo.isSame(record),
      let hider = hider(of: record, reader.text, run.headings)
    {
      return rejectSpan(reader, hider, &run)
    }
    noteEscapes(reader, &run)
    if run.hasBadBytes, reader.text.span.hasWrongBytes {
      run.badEncoding.add(reader.first.number)
      return reject(RejectWords.badBytes, reader, &run)
    }
    guard record.count == run.headings.width else { return takeMisshapen(record, reader, &run) }
    if reader.first.number == run.headingsEnd + 1, record.isUnderline(of: run.headings.texts) {
      return takeUnderline(reader, &run)
    }
    if run.echo.isEcho(record) { return takeEcho(record, line: reader.first.number, &run) }
    if !footers.isEmpty {
      if !passesAsKey(record) {
        let isBlank = isBlank(record)
        if mayBeFooter(reader.text) || isBlank && !run.pending.isEmpty {
          return postpone(.row(record), reader, &run)
        }
        if isBlank {
          run.blankRows += 1
          return addRow(record, line: reader.first.number, &run)
        }
      }
      flushFooters(&run)
      remember(reader, &run)
    }
    addRow(record, line: reader.first.number, &run)
  }

  /// Whether all cells are empty, as in the row that Excel writes between a table and a note below
  /// it.
  func isBlank(_ record: borrowing Record) -> Bool {
    let bytes = record.bytes.span
    for column in 0..<record.count
    where !bytes.extracting(record.fields[column].range).isBlank(besides: 0) {
      return false
    }
    return true
  }

  /// Takes a record with another number of fields than the headings.
  private mutating func takeMisshapen(
    _ record: Record, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    if run.echo.isEcho(record) { return takeEcho(record, line: reader.first.number, &run) }
    let isTruncated = record.count < run.headings.width && reader.last.isUnended
    // A footer never takes a record (settled 47), whole or not.
    let isFooter = mayBeFooter(reader.text) && !showsKey(record)
    let reason =
      RejectWords.width(record, of: run.headings, isTruncated: isTruncated, isFooter: isFooter)
      + (repair(of: record, run.headings) ?? "")
    if isFooter { return postpone(.rejected(reason), reader, &run) }
    if isTruncated {
      run.report.faults.append(.truncated(line: reader.first.number, withinQuotes: false))
    }
    flushFooters(&run)
    reject(
      reason, line: reader.first.number, reader.text.span.decoded,
      isPart: record.count < run.headings.width, &run)
  }

  /// Takes a line that is no record.
  private mutating func take(
    _ breakage: RecordReader.Breakage, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    let line = reader.first.number
    switch breakage {
    case .strayQuote:
      if takeMarkedHeadings(reader, &run) { return }
      noteEscapes(reader, &run)
      if run.hasBadBytes, reader.text.span.hasWrongBytes { run.badEncoding.add(line) }
      if mayBeFooter(reader.text), !showsKey(reader.text, run.headings) {
        return postpone(.rejected(RejectWords.strayQuote), reader, &run)
      }
      reject(
        RejectWords.strayQuote
          + (reader.text.span.marksLength > 0 ? RejectWords.afterMark : ""), reader, &run)
    case .unclosedQuote:
      if reader.first.isUnended {
        run.report.faults.append(.truncated(line: line, withinQuotes: true))
      } else {
        run.unclosedQuotes.add(line)
      }
      reject(RejectWords.unclosedQuote, reader, &run)
    case .tooLong:
      run.report.faults.append(.tooLong(line: line, most: settings.mostRecordBytes))
      reject(RejectWords.tooLong, reader, &run)
    }
  }

  private func noteEscapes(_ reader: borrowing RecordReader, _ run: inout FileRun) {
    if reader.text.span.hasEscaped(definition.dialect.quoteChar) {
      run.escapedQuotes.add(reader.first.number)
    }
  }

  private mutating func reject(
    _ reason: String, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    flushFooters(&run)
    reject(reason, line: reader.first.number, reader.text.span.decoded, &run)
  }

  /// Keeps a record that does not become a row.
  mutating func reject(
    _ reason: String, line: Int, _ text: String, isPart: Bool = true, _ run: inout FileRun
  ) {
    run.report.rowsRead += 1
    run.report.rowsRejected += 1
    run.recordSum?.add(rejected: text)
    table.rejects.append(
      RejectedRecord(line: line, reason: reason, text: text, isPart: isPart))
  }

  /// Checks a record's cells and keeps their values.
  mutating func addRow(_ record: borrowing Record, line: Int, _ run: inout FileRun) {
    let row = Int32(table.rowCount)
    if record.byteCount >= Int(LongestCells.shortest) { run.longest.take(record, line: line) }
    run.recordSum?.add(record)
    readCells(of: record, row, &fields, &pool, &table.findings)
    lines.append(Int32(truncatingIfNeeded: line))
    table.rowCount += 1
    run.report.rowsRead += 1
    run.report.rowsChecked += 1
  }
}

/// Reads the cells of one row; not a method, so that parts of the reader can be lent side by side.
private func readCells(
  of record: borrowing Record, _ row: Int32, _ fields: inout [FieldReader],
  _ pool: inout StringPool, _ findings: inout CellFindings
) {
  let bytes = record.bytes.span
  let places = record.fields.span
  var readers = fields.mutableSpan
  for index in readers.indices {
    let column = readers[index].column
    if column < 0 {
      readers[index].readNothing()
    } else {
      let cell = bytes.extracting(places[column].range)
      readers[index].read(cell, row: row, &pool, &findings)
    }
  }
}

extension Span<UInt8> {
  /// Whether there are NULs, or bytes that are no characters.
  var hasWrongBytes: Bool {
    if firstIndexOfOther(from: 0) == count { return false }
    if firstIndex(of: 0, from: 0) < count { return true }
    return (try? UTF8Span(validating: self)) == nil
  }

  /// Whether a backslash stands before a single quote.
  ///
  /// Of several quotes behind it two make one, as CSV has it.
  func hasEscaped(_ quote: UInt8) -> Bool {
    var place = firstIndex(of: UInt8(ascii: "\\"), from: 0)
    while place + 1 < count {
      if self[place + 1] == quote, place + 2 == count || self[place + 2] != quote { return true }
      place = firstIndex(of: UInt8(ascii: "\\"), from: place + 1)
    }
    return false
  }
}
