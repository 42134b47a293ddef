extension TableReader {
  /// Reads all records of a file, from the headings on.
  mutating func readRecords(_ reader: inout RecordReader, _ started: FileRun) -> FileReport {
    var run = started
    take(run.headings, into: &run)
    var record = Record()
    do throws(SystemFault) {
      for (line, text) in try reader.passOver(before: run.headings.line) {
        run.report.passedOver.append("line \(line): \(text)")
      }
      _ = try reader.next(&record)
      if run.hasBadBytes, reader.text.span.hasWrongBytes {
        run.report.faults.append(.badHeadings(line: run.headings.line))
      }
      let headingRecord = record
      var told = (bytes: 0, rows: table.rowCount)
      while true {
        let step = try reader.next(&record)
        if reader.buffer.bytesRead != told.bytes {
          progress?(reader.buffer.bytesRead - told.bytes, table.rowCount - told.rows)
          told = (reader.buffer.bytesRead, table.rowCount)
        }
        switch step {
        case .record: take(record, headingRecord, reader, &run)
        case .broken(let breakage): take(breakage, reader, &run)
        case .end:
          progress?(0, table.rowCount - told.rows)
          closeFooters(&run)
          run.close(definition)
          return run.report
        }
      }
    } catch {
      flushFooters(&run)
      run.report.faults.append(.unreadable(error))
      run.close(definition)
      return run.report
    }
  }

  /// A record as the quotes have it.
  private mutating func take(
    _ record: Record, _ headingRecord: Record, _ reader: borrowing RecordReader,
    _ run: inout FileRun
  ) {
    if reader.last.number > reader.first.number,
      let hider = hider(of: record, reader.text, run.headings)
    {
      return rejectSpan(reader, hider, &run)
    }
    if run.hasBadBytes, reader.text.span.hasWrongBytes {
      run.badEncoding.add(reader.first.number)
      return reject(RejectWords.badBytes, reader, &run)
    }
    guard record.count == run.headings.width else { return takeMisshapen(record, reader, &run) }
    if record.repeats(headingRecord) {
      return run.repeatedHeadings.add(reader.first.number)
    }
    if !footers.isEmpty {
      if !passesAsKey(record) {
        if mayBeFooter(reader.text) {
          return postpone(.row(record), reader, &run)
        }
      }
      flushFooters(&run)
      remember(reader, &run)
    }
    addRow(record, line: reader.first.number, &run)
  }

  /// A record with another number of fields than the headings.
  private mutating func takeMisshapen(
    _ record: Record, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    let isTruncated = record.count < run.headings.width && reader.last.isUnended
    let reason = RejectWords.width(record, of: run.headings, isTruncated: isTruncated)
    if mayBeFooter(reader.text) { return postpone(.rejected(reason), reader, &run) }
    if isTruncated {
      run.report.faults.append(.truncated(line: reader.first.number, withinQuotes: false))
    }
    reject(reason, reader, &run)
  }

  /// A line that is no record.
  private mutating func take(
    _ breakage: RecordReader.Breakage, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    let line = reader.first.number
    switch breakage {
    case .strayQuote:
      if run.hasBadBytes, reader.text.span.hasWrongBytes { run.badEncoding.add(line) }
      if mayBeFooter(reader.text) {
        return postpone(.rejected(RejectWords.strayQuote), reader, &run)
      }
      reject(RejectWords.strayQuote, reader, &run)
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

  private mutating func reject(
    _ reason: String, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    flushFooters(&run)
    reject(reason, line: reader.first.number, reader.text.span.decoded, &run)
  }

  /// Keeps a record that is none of the rows.
  mutating func reject(_ reason: String, line: Int, _ text: String, _ run: inout FileRun) {
    run.report.rowsRead += 1
    run.report.rowsRejected += 1
    table.rejects.append(
      RejectedRecord(file: table.files.count, line: line, reason: reason, text: text))
  }

  /// Checks a record's cells and keeps their values.
  mutating func addRow(_ record: borrowing Record, line: Int, _ run: inout FileRun) {
    let row = Int32(table.rowCount)
    let bytes = record.bytes.span
    for index in fields.indices {
      let column = fields[index].column
      if column < 0 {
        fields[index].readNothing()
      } else {
        let cell = bytes.extracting(record.fields[column].range)
        fields[index].read(cell, row: row, &pool, &table.findings)
      }
    }
    table.lines.append(Int32(truncatingIfNeeded: line))
    table.rowCount += 1
    run.report.rowsRead += 1
    run.report.rowsChecked += 1
  }
}

extension Record {
  /// Whether this is the same record again, spaces aside.
  fileprivate func repeats(_ other: Record) -> Bool {
    guard count == other.count, isLike(other, at: 0) else { return false }
    return (0..<count).allSatisfy { isLike(other, at: $0) }
  }

  private func isLike(_ other: Record, at field: Int) -> Bool {
    let own = bytes.span.extracting(fields[field].range)
    let others = other.bytes.span.extracting(other.fields[field].range)
    return own.extracting(own.rangeWithoutSpaces())
      .equals(others.extracting(others.rangeWithoutSpaces()))
  }
}

extension Span<UInt8> {
  /// Whether there are NULs, or bytes that are no characters.
  var hasWrongBytes: Bool {
    if firstIndexOfOther(from: 0) == count { return false }
    if firstIndex(of: 0, from: 0) < count { return true }
    return (try? UTF8Span(validating: self)) == nil
  }
}
