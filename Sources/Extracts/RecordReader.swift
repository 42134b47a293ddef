/// The records of a file, one after the other, each with its lines.
///
/// Broken lines are told from records, and reading continues after them.
struct RecordReader: ~Copyable {
  /// What came next.
  enum Step: Hashable {
    /// A record, which may have any number of fields.
    case record
    /// A line that is neither a record nor the beginning of one.
    case broken(Breakage)
    case end
  }

  enum Breakage: Hashable {
    /// A quote in an unquoted field, or text after a closing quote.
    case strayQuote
    /// Quotes that are still open at the end of the file, or hold more than a record may.
    case unclosedQuote
    /// A line longer than a record may be.
    case tooLong
  }

  var buffer: LineBuffer
  private let parser: RecordParser
  private let delimiter: UInt8
  private let quote: UInt8
  /// The first and last physical line of the last step.
  private(set) var first = Line()
  private(set) var last = Line()
  /// How many blank lines had something after them.
  private(set) var blankLines = 0
  private var tooLong: [UInt8]?

  init(_ buffer: consuming LineBuffer, delimiter: UInt8, quote: UInt8) {
    self.buffer = buffer
    self.delimiter = delimiter
    self.quote = quote
    parser = RecordParser(delimiter: delimiter, quote: quote)
  }

  /// The line after which the next record is searched for.
  var position: Line { buffer.line }

  /// The bytes of the last step, as they are in the file, without the last line end.
  ///
  /// For a line that was too long, only its start.
  var text: ArraySlice<UInt8> { tooLong?[...] ?? buffer.text(first.start, last.end) }

  /// Moves on to the next record; blank lines are skipped.
  mutating func next(_ record: inout Record) throws(SystemFault) -> Step {
    tooLong = nil
    if buffer.nextPlainLine(into: &record, delimiter: delimiter) {
      first = buffer.line
      last = first
      return .record
    }
    var skipped = -1
    repeat {
      skipped += 1
      buffer.keptFrom = buffer.line.next
      switch try buffer.nextLine() {
      case .line: break
      case .end: return .end
      case .tooLong:
        tooLong = try buffer.skipLine()
        (first, last) = (buffer.line, buffer.line)
        blankLines += skipped
        return .broken(.tooLong)
      }
    } while isBlank(buffer.line)
    blankLines += skipped
    first = buffer.line
    last = first
    record.clear()
    if let quote = buffer.firstQuote() { return try parse(&record, quote) }
    split(first, into: &record)
    return .record
  }

  /// Moves past the plain records before an offset and adds them to a batch, as long as admitted.
  ///
  /// Whatever else follows is left to `next`.
  mutating func nextRows(
    into batch: inout RowBatch, before end: Int,
    admits: (borrowing RowBatch, Int, Span<UInt8>) -> Bool
  ) {
    buffer.nextRows(into: &batch, before: end, delimiter: delimiter, quote: quote, admits: admits)
  }

  /// Adds the last record to a batch.
  mutating func add(_ record: borrowing Record, to batch: inout RowBatch) {
    buffer.add(record, from: first, through: last, to: &batch)
  }

  /// Skips the physical lines before a given one, and returns those that are not blank.
  mutating func passOver(before number: Int) throws(SystemFault) -> [(line: Int, text: String)] {
    var passed: [(line: Int, text: String)] = []
    while buffer.line.number + 1 < number {
      buffer.keptFrom = buffer.line.next
      switch try buffer.nextLine() {
      case .line: break
      case .end: return passed
      case .tooLong:
        let start = try buffer.skipLine()
        passed.append((buffer.line.number, start.span.decoded))
        continue
      }
      let line = buffer.line
      if isBlank(line) {
        blankLines += 1
      } else {
        passed.append((line.number, buffer.text(line.start, line.end).span.decoded))
      }
    }
    return passed
  }

  /// Reads a record that begins with the last line, whose first quote is at the given place.
  private mutating func parse(_ record: inout Record, _ quote: Int) throws(SystemFault) -> Step {
    var start = splitFields(before: quote, into: &record)
    while true {
      switch feed(start..<last.next, to: &record) {
      case .complete: return .record
      case .broken: return giveUp(.strayQuote)
      case .open: break
      }
      switch try buffer.nextLine() {
      case .line:
        last = buffer.line
        start = last.start
      case .end: return parser.finish(&record) == .complete ? .record : giveUp(.unclosedQuote)
      case .tooLong:
        parser.abandon()
        return giveUp(.unclosedQuote)
      }
    }
  }

  private func split(_ line: Line, into record: inout Record) {
    let range = line.start - buffer.base..<line.end - buffer.base
    record.split(buffer.bytes.span.extracting(range), at: delimiter)
  }

  /// Takes the fields before the one with the first quote of the line; returns where that one
  /// begins.
  ///
  /// They need no state machine: after a delimiter, libcsv continues with a field that is not empty
  /// just as it begins a record with one.
  private func splitFields(before quote: Int, into record: inout Record) -> Int {
    let fields = buffer.bytes.span.extracting(first.start - buffer.base..<quote - buffer.base)
    var end = fields.count
    while end > 0, fields[end - 1] != delimiter { end -= 1 }
    if end == 0 { return first.start }
    record.split(fields.extracting(first: end - 1), at: delimiter)
    record.isComplete = false
    return first.start + end
  }

  private func feed(_ places: Range<Int>, to record: inout Record) -> RecordParser.Outcome {
    let range = places.lowerBound - buffer.base..<places.upperBound - buffer.base
    return parser.parse(buffer.bytes.span.extracting(range), into: &record)
  }

  /// Gives the first line up as broken; the next one may begin a record.
  private mutating func giveUp(_ breakage: Breakage) -> Step {
    last = first
    buffer.goBack(to: first)
    return .broken(breakage)
  }

  private func isBlank(_ line: Line) -> Bool {
    guard line.start < line.end else { return true }
    return buffer.bytes.span.extracting(line.start - buffer.base..<line.end - buffer.base)
      .isBlank(besides: delimiter)
  }
}
