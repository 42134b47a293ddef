/// What files that were put together leave before the records where one of them begins: a
/// byte-order mark, or the Ctrl-Z with which DOS ended a text.
///
/// They belong to no value. A record that kept them would have another key than everywhere else.
extension TableReader {
  /// Takes a record before which marks stand.
  mutating func takeMarked(
    _ record: Record, _ reader: borrowing RecordReader, _ run: inout FileRun
  ) {
    let line = reader.first.number
    if reader.last.isUnended, reader.text.allSatisfy({ $0 == .endOfText }) {
      return run.report.passedOver.append(
        PassedLine(line: line, text: reader.text.span.decoded))
    }
    var bare = record
    bare.dropMarks()
    if bare.count == run.headings.width, !run.echo.isEcho(bare) { run.marked.add(line) }
    take(bare, reader, &run)
  }

  /// Takes repeated headings in quotes before which marks stand; false where the line is none.
  mutating func takeMarkedHeadings(
    _ reader: borrowing RecordReader, _ run: inout FileRun
  ) -> Bool {
    let text = reader.text
    let marks = text.span.marksLength
    if marks == 0 { return false }
    let rest = text.dropFirst(marks)
    takeApart(rest.span.decoded, run.headings)
    let bare = line
    guard run.echo.isEcho(bare) else { return false }
    takeEcho(bare, line: reader.first.number, &run)
    return true
  }
}

extension Record {
  /// Whether marks stand before its first field.
  var isMarked: Bool {
    count > 0 && bytes.span.extracting(fields[0].range).marksLength > 0
  }

  /// Takes marks off its first field.
  mutating func dropMarks() {
    let marks = bytes.span.extracting(fields[0].range).marksLength
    fields[0].start += Int32(truncatingIfNeeded: marks)
  }
}

extension Span<UInt8> {
  /// How many bytes at the beginning are byte-order marks, in UTF-8, and ends of text.
  var marksLength: Int {
    var place = 0
    while place < count {
      if self[place] == .endOfText {
        place += 1
      } else if place + 2 < count, self[place] == 0xEF, self[place + 1] == 0xBB,
        self[place + 2] == 0xBF
      {
        place += 3
      } else {
        break
      }
    }
    return place
  }
}

extension UInt8 {
  /// Ctrl-Z.
  static let endOfText: UInt8 = 0x1A
}
