import Values

extension TableReader {
  /// The column of a record over several lines whose cell seems to hide records; nil for none.
  mutating func hider(of record: Record, _ text: ArraySlice<UInt8>, _ headings: Headings) -> Int? {
    var spanning: Int?
    let key = hasKey ? keyPlaces.first?.column ?? 0 : 0
    var ownLine = 0
    for column in 0..<record.count where record.spansLines(column) {
      spanning = spanning ?? column
      if column < key { ownLine += record.lineEnds(column) }
      if column < headings.width, let field = headings.fields[column],
        !definition.multilineFields.contains(field)
      {
        return column
      }
      let cell = record.bytes[record.fields[column].range]
      if hasRecordLine(cell, headings) || hasRecordAtItsEnds(record, column, headings) {
        return column
      }
    }
    // The lines as they are in the file, with their quotes. The one with the record's own key
    // proves nothing. Where that is not the first line, because a cell before the key spans lines,
    // it is the first line that may have been hidden.
    let lines = ownLine > 0 ? text : text.drop { $0 != .lineFeed && $0 != .carriageReturn }
    guard spanning != nil else { return nil }
    return hasRecordLine(lines, headings, but: ownLine)
      || hasRecordOverLines(lines, headings, but: ownLine) ? spanning : nil
  }

  /// Whether a line, with some line behind it, is a record one of whose cells goes on over both.
  ///
  /// That cell begins with a quote and has a quote before the delimiter behind it. What stands
  /// before the one and behind the other has the table's width, with the cell between them, and
  /// looks like a record. The cells before it have to hold a key: otherwise it may be the record's
  /// own end.
  private mutating func hasRecordOverLines(
    _ text: ArraySlice<UInt8>, _ headings: Headings, but own: Int
  ) -> Bool {
    let (quote, delimiter) = (definition.dialect.quoteChar, headings.delimiter)
    guard hasKey, text.span.count(of: delimiter) + 1 >= headings.width, text.contains(quote)
    else { return false }
    var begun: [(line: Int, before: ArraySlice<UInt8>, cells: Int)] = []
    var found = false
    forEachLine(text) { number, bytes in
      guard !found, bytes.contains(quote) else { return }
      for place in bytes.indices.dropLast()
      where bytes[place] == quote && bytes[place + 1] == delimiter {
        let behind = bytes[(place + 2)...]
        let cells = behind.span.count(of: delimiter) + 1
        let within = bytes[..<place]
        for (start, before, count) in begun where count + 1 + cells == headings.width {
          // From the first line to that of its key it is the record itself.
          if start == 0, number == own { continue }
          line.clear()
          line.split(before.span, at: delimiter)
          line.addField(within.span)
          line.split(behind.span, at: delimiter)
          if looksLikeRecord(line, headings) { found = true }
        }
      }
      guard number != own, begun.count < Self.mostBegun,
        let opening = bytes.indices.dropFirst().first(where: {
          bytes[$0] == quote && bytes[$0 - 1] == delimiter
        })
      else { return }
      let before = bytes[..<(opening - 1)]
      let cells = before.span.count(of: delimiter) + 1
      if keyPlaces.contains(where: { $0.column < cells }) { begun.append((number, before, cells)) }
    }
    return found
  }

  /// A note with more lines that might begin a record is not looked through for their ends.
  private static var mostBegun: Int { 64 }

  /// Whether a cell's first line, with the cells before it, or its last, with those after it, is a
  /// record.
  ///
  /// A stray quote would have opened the cell in the former, and another closed it in the latter.
  /// Where the key is among those cells, it is the record's own and proves nothing.
  private mutating func hasRecordAtItsEnds(
    _ record: Record, _ column: Int, _ headings: Headings
  ) -> Bool {
    let isLineEnd = { (byte: UInt8) in byte == .lineFeed || byte == .carriageReturn }
    let cell = record.bytes[record.fields[column].range]
    guard hasKey, let first = cell.firstIndex(where: isLineEnd),
      let last = cell.lastIndex(where: isLineEnd)
    else { return false }
    func field(_ column: Int) -> Range<Int> { record.fields[column].range }
    let start = cell[..<first]
    if keyPlaces.contains(where: { $0.column > column }),
      start.span.count(of: headings.delimiter) + column + 1 == headings.width
    {
      line.clear()
      for before in 0..<column { line.addField(record.bytes.span.extracting(field(before))) }
      line.split(start.span, at: headings.delimiter)
      if looksLikeRecord(line, headings) { return true }
    }
    let end = cell[(last + 1)...]
    if keyPlaces.contains(where: { $0.column < column }),
      end.span.count(of: headings.delimiter) == column
    {
      line.clear()
      line.split(end.span, at: headings.delimiter)
      for behind in column + 1..<record.count {
        line.addField(record.bytes.span.extracting(field(behind)))
      }
      return looksLikeRecord(line, headings)
    }
    return false
  }

  /// Whether headings over several lines, which are allowed, have a line that is a record by
  /// itself.
  mutating func hidesRecords(
    _ record: Record, _ text: ArraySlice<UInt8>, _ headings: Headings
  ) -> Bool {
    for column in 0..<record.count where record.spansLines(column) {
      if hasRecordLine(record.bytes[record.fields[column].range], headings) { return true }
    }
    return hasRecordLine(text.drop { $0 != .lineFeed && $0 != .carriageReturn }, headings)
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

  /// Whether some line by itself has the table's width and a value that would do as its key.
  ///
  /// The line with the number `own`, from 0, does not count.
  private mutating func hasRecordLine(
    _ text: ArraySlice<UInt8>, _ headings: Headings, but own: Int? = nil
  ) -> Bool {
    // Nearly all texts end here, before they are split into lines.
    if text.span.count(of: headings.delimiter) + 1 < headings.width { return false }
    let parser = RecordParser(delimiter: headings.delimiter, quote: definition.dialect.quoteChar)
    var found = false
    forEachLine(text) { number, bytes in
      if number == own { return }
      // Most lines of a note end here, before they are split.
      if found || bytes.count(where: { $0 == headings.delimiter }) + 1 < headings.width { return }
      line.clear()
      if bytes.contains(definition.dialect.quoteChar) {
        var outcome = parser.parse(bytes.span, into: &line)
        if outcome == .open { outcome = parser.finish(&line) }
        if outcome != .complete {
          // A line that closes a stray quote, or has a quote of its own, is no CSV by itself. It
          // counts as a record if, apart from its quotes, everything in it looks like one.
          line.clear()
          line.split(bytes.span, at: headings.delimiter)
          found =
            looksLikeRecord(line, headings)
            && mayHave(headings.width, bytes, parser, headings.delimiter)
          return
        }
      } else {
        line.split(bytes.span, at: headings.delimiter)
      }
      found = line.count == headings.width && passesAsKey(line)
    }
    return found
  }
}

extension TableReader {
  /// Whether a line that closes a cell from earlier lines may have this many fields.
  ///
  /// It is split at every delimiter up to the closing quote, and strictly after it; true where that
  /// is impossible.
  private func mayHave(
    _ width: Int, _ bytes: ArraySlice<UInt8>, _ parser: borrowing RecordParser, _ delimiter: UInt8
  ) -> Bool {
    let quote = definition.dialect.quoteChar
    guard
      let closing = bytes.indices.dropLast().first(where: {
        bytes[$0] == quote && bytes[$0 + 1] == delimiter
      })
    else { return true }
    let (before, rest) = (bytes[..<closing], bytes[(closing + 2)...])
    var behind = Record()
    var outcome = parser.parse(rest.span, into: &behind)
    if outcome == .open { outcome = parser.finish(&behind) }
    return outcome != .complete || before.span.count(of: delimiter) + 1 + behind.count == width
  }

  /// Whether a line above the headings is filled like a record.
  ///
  /// Most fields must hold something, a date or time field what looks like one, and none what
  /// titles say: a record may have a key of any form, or none, and a day that does not exist.
  /// `Visits,from,01/01/2016,to,31/01/2016` is a title padded to the table's width.
  func isFilledLikeRecord(_ record: borrowing Record, _ headings: Headings) -> Bool {
    guard record.count == headings.width, !saysThatItIsATitle(record) else { return false }
    let bytes = record.bytes.span
    var (filled, moments) = (0, 0)
    for column in 0..<record.count {
      let cell = bytes.extracting(record.fields[column].range)
      if cell.isBlank(besides: 0) { continue }
      filled += 1
      guard let field = headings.fields[column] else { continue }
      switch fields[field].checks.type {
      case .date, .datetime, .time: if cell.looksLikeMoment { moments += 1 }
      case .string, .integer, .number, .boolean: break
      }
    }
    return filled * 2 > record.count && moments > 0
  }

  /// Whether a line says that it is a title.
  ///
  /// No cell of the key looks like a key, and some cell holds only a word that titles are made of,
  /// or the table's own name. Otherwise a line with a day in the right place is taken for a record:
  /// a needless report is nothing beside a record that is lost without a word.
  private func saysThatItIsATitle(_ record: borrowing Record) -> Bool {
    let bytes = record.bytes.span
    // "Month" may say how often a child is seen.
    let isKeyed = keyPlaces.contains { place in
      let cell = bytes.extracting(record.fields[place.column].range)
      return cell.looksLikeKey && !cell.looksLikeMoment
    }
    if isKeyed { return false }
    let names = [definition.name, definition.title].map { normalHeading($0) }
    return (0..<record.count).contains { column in
      let cell = bytes.extracting(record.fields[column].range)
      guard !cell.isBlank(besides: 0), cell.count <= 60 else { return false }
      let text = normalHeading(cell.decoded)
      return titleWords.contains(text) || names.contains(text)
    }
  }

  /// Whether no cell of the key holds only words.
  ///
  /// A free-text key accepts any text, but keys have digits and no spaces.
  private func hasNoWordForKey(_ record: borrowing Record) -> Bool {
    let bytes = record.bytes.span
    for place in keyPlaces where place.checks.type == .string && place.checks.pattern == nil {
      let cell = bytes.extracting(record.fields[place.column].range)
      if !cell.isBlank(besides: 0), !cell.looksLikeKey { return false }
    }
    return true
  }

  /// Whether a line that breaks strict CSV is a record all the same.
  ///
  /// It must have the table's width, a key like other keys, and nothing that its fields could not
  /// hold.
  func looksLikeRecord(_ record: borrowing Record, _ headings: Headings) -> Bool {
    guard record.count == headings.width, hasKey, passesAsKey(record), hasNoWordForKey(record)
    else { return false }
    let bytes = record.bytes.span
    return (0..<record.count).allSatisfy { column in
      guard let field = headings.fields[column] else { return true }
      let cell = bytes.extracting(record.fields[column].range)
      return fields[field].checks.readsOrIsMissing(
        cell.extracting(cell.rangeWithoutQuotes(definition.dialect.quoteChar)))
    }
  }
}

/// Words that have cells of their own where a title is padded to the table's width, as
/// `normalHeading` writes them.
private let titleWords: Set<String> = [
  "from", "to", "until", "between", "period", "asat", "asof", "date", "run", "runon", "rundate",
  "runat", "report", "reportdate", "reporton", "printed", "printedon", "produced", "producedon",
  "created", "createdon", "createdby", "extracted", "extractedon", "extract", "export",
  "exportedon", "weekending", "week", "month", "page",
]

extension Span<UInt8> {
  /// Whether it has a digit and no space.
  fileprivate var looksLikeKey: Bool {
    var hasDigit = false
    for index in indices {
      if self[index] == .space { return false }
      if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self[index]) { hasDigit = true }
    }
    return hasDigit
  }

  /// Whether it begins with a digit, and has two digits joined by a mark used in days and times.
  fileprivate var looksLikeMoment: Bool {
    func isDigit(_ byte: UInt8) -> Bool {
      (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
    guard let first = indices.first(where: { self[$0] != .space }), isDigit(self[first]) else {
      return false
    }
    var index = 1
    while index + 1 < count {
      switch self[index] {
      case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: ":"):
        if isDigit(self[index - 1]), isDigit(self[index + 1]) { return true }
      default: break
      }
      index += 1
    }
    return false
  }

  /// The range of the cell without a quote at its start and its end.
  func rangeWithoutQuotes(_ quote: UInt8) -> Range<Int> {
    let start = !isEmpty && self[0] == quote ? 1 : 0
    let end = count > start && self[count - 1] == quote ? count - 1 : count
    return start..<end
  }
}

/// Calls `take` for each line of a text that is not blank, with its number from 0.
private func forEachLine(_ text: ArraySlice<UInt8>, _ take: (Int, ArraySlice<UInt8>) -> Void) {
  var lines = LineBuffer(Array(text), quote: UInt8(ascii: "\""))
  // All bytes are in memory, so that reading cannot fail.
  while let step = try? lines.nextLine(), step == .line {
    let line = lines.text(lines.line.start, lines.line.end)
    if !line.span.isBlank(besides: 0) { take(lines.line.number - 1, line) }
  }
}
