extension TableReader {
  /// The most records that may wait to turn out to be footers; a longer series is no footer.
  private static let mostPending = 1000

  /// Whether a record by itself has a value that would do as the table's key.
  ///
  /// If the table has no key here, whether all its cells can be read.
  func passesAsKey(_ record: borrowing Record) -> Bool {
    let bytes = record.bytes.span
    for place in keyPlaces {
      let cell = bytes.extracting(record.fields[place.column].range)
      if !(hasKey ? place.checks.accepts(cell) : place.checks.readsOrIsMissing(cell)) {
        return false
      }
    }
    return true
  }

  /// Whether a record's text matches one of the footers, with its quotes or without: an export that
  /// puts all its cells in quotes does so with the footer.
  func mayBeFooter(_ text: ArraySlice<UInt8>) -> Bool {
    if footers.contains(where: { $0.matches(text.span) }) { return true }
    let quote = definition.dialect.quoteChar
    guard text.first == quote else { return false }
    let bare = text.filter { $0 != quote }
    return footers.contains { $0.matches(bare.span) }
  }

  /// Whether a line that is no row has two or more fields, and a value that only a key would have.
  ///
  /// A footer pattern such as `*report*` fits the end of a note as well. A key of any text proves
  /// nothing, as the words of a footer would do for it.
  func showsKey(_ record: borrowing Record) -> Bool {
    guard hasKey, record.count >= 2 else { return false }
    let bytes = record.bytes.span
    var isTold = false
    for place in keyPlaces {
      guard place.column < record.count else { return false }
      let cell = bytes.extracting(record.fields[place.column].range)
      let bare = cell.extracting(cell.rangeWithoutQuotes(definition.dialect.quoteChar))
      if !place.checks.accepts(bare) { return false }
      if place.checks.pattern != nil { isTold = true }
    }
    return isTold
  }

  /// Whether a line that breaks strict CSV shows the key all the same.
  mutating func showsKey(_ text: ArraySlice<UInt8>, _ headings: Headings) -> Bool {
    line.clear()
    line.split(text.span, at: headings.delimiter)
    return showsKey(line)
  }

  /// Makes a record wait for the end of the file.
  mutating func postpone(
    _ otherwise: PendingFooter.Otherwise, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    run.pending.append(
      PendingFooter(line: reader.first.number, text: Array(reader.text), otherwise: otherwise))
    if run.pending.count > Self.mostPending { flushFooters(&run) }
  }

  /// Something followed the waiting records, so they are not footers.
  mutating func flushFooters(_ run: inout FileRun) {
    if run.pending.isEmpty { return }
    for pending in run.pending {
      switch pending.otherwise {
      case .row(let record):
        if isBlank(record) { run.blankRows += 1 }
        addRow(record, line: pending.line, &run)
      case .rejected(let reason):
        reject(reason, line: pending.line, pending.text.span.decoded, &run)
      }
    }
    run.pending = []
  }

  /// Keeps the text of a row, in case it is one of the last.
  func remember(_ reader: borrowing RecordReader, _ run: inout FileRun) {
    run.lastRows.take(reader.text.span, line: reader.first.number)
  }

  /// The file has ended, so the waiting records are footers.
  func closeFooters(_ run: inout FileRun) {
    for pending in run.pending {
      run.report.passedOver.append(
        PassedLine(line: pending.line, text: pending.text.span.decoded))
    }
    run.report.footerCount += run.pending.count
    run.report.statedRows = run.pending.lazy.compactMap { $0.text.span.statedRows }.max()
    run.statedTotal = run.pending.compactMap { $0.text.span.statedTotal }.max()
    run.pending = []
    run.statedRows = run.report.statedRows
    let footers = run.lastRows.fromTheLast.prefix { mayBeFooter($0.text[...]) }
    guard let last = footers.first else { return }
    run.report.doubts.append(HarmWords.matchedFooter(line: last.line))
    let totals = footers.map { $0.text.span.statedTotal }
    run.statedTotal = (totals + [run.statedTotal]).compactMap(\.self).max()
    let stated = footers.map { $0.text.span.statedRows }
    // What precedes a count, or has none, may just as well be a record.
    guard let first = stated.lastIndex(where: { $0 != nil }) else { return }
    run.footersAmongRows = first + 1
    run.statedRows = (stated + [run.statedRows]).compactMap(\.self).max()
  }
}
