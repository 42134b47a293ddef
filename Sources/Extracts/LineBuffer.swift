/// One physical line.
///
/// Offsets count the bytes of the decoded text from the start of the file.
struct Line: Hashable {
  /// From 1.
  var number = 0
  /// Its first byte.
  var start = 0
  /// Its line end, or the end of the file.
  var end = 0
  /// The byte after its line end.
  var next = 0

  /// Whether the file ends without a line end.
  var isUnended: Bool { end == next }
}

/// The physical lines of a file, decoded and read by chunks: LF, CRLF and a lone CR each end one.
///
/// Keeps the bytes from `keptFrom` on, so that the reader can go back that far.
struct LineBuffer: ~Copyable {
  private var source: ByteSource?
  private var transcoder: Transcoder
  private var chunk: [UInt8]
  /// The decoded bytes that are kept; the first of them has the offset `base`.
  private(set) var bytes: [UInt8] = []
  private(set) var base = 0
  /// The offset from which on bytes are kept.
  var keptFrom = 0
  /// The line read last.
  private(set) var line = Line()
  private(set) var isAtEnd = false
  /// How many bytes of the file have been read.
  private(set) var bytesRead = 0
  /// The offset of the line after `line`.
  private var next = 0
  private var lineFeed = Seeker(byte: .lineFeed)
  private var carriageReturn = Seeker(byte: .carriageReturn)
  private var quote: Seeker

  /// What came of asking for a line.
  enum Step {
    case line
    case end
    /// No line end within `mostBytes` of `keptFrom`.
    case tooLong
  }

  /// How much is kept of a line that is too long.
  private static let headBytes = 1000
  /// The most bytes that are kept for one record.
  let mostBytes: Int

  /// A file, from its start.
  init(
    _ source: consuming ByteSource, _ transcoder: Transcoder, quote: UInt8, settings: ReadSettings
  ) {
    self.source = consume source
    self.transcoder = transcoder
    self.quote = Seeker(byte: quote)
    chunk = Array(repeating: 0, count: settings.chunkSize)
    mostBytes = settings.mostRecordBytes
  }

  /// A text that is all there.
  init(_ text: [UInt8], quote: UInt8) {
    source = nil
    transcoder = Transcoder(.utf8, markLength: 0)
    self.quote = Seeker(byte: quote)
    chunk = []
    bytes = text
    isAtEnd = true
    mostBytes = .max
  }

  /// Goes on to the next line, which is then `line`.
  mutating func nextLine() throws(SystemFault) -> Step {
    while true {
      let found = lineEnd()
      let end = found?.end ?? base + bytes.count
      if end - keptFrom > mostBytes { return .tooLong }
      if let found {
        take(found)
        return .line
      }
      if isAtEnd { return takeRest() ? .line : .end }
      try refill()
    }
  }

  /// The end of the next line, and where the one after it starts; nil where they are not there yet.
  private mutating func lineEnd() -> (end: Int, after: Int)? {
    let limit = base + bytes.count
    let end = min(
      lineFeed.place(from: next, in: bytes, base),
      carriageReturn.place(from: next, in: bytes, base))
    if end == limit { return nil }
    guard bytes[end - base] == .carriageReturn else { return (end, end + 1) }
    if end + 1 == limit { return isAtEnd ? (end, limit) : nil }
    return (end, bytes[end + 1 - base] == .lineFeed ? end + 2 : end + 1)
  }

  private mutating func take(_ found: (end: Int, after: Int)) {
    line = Line(number: line.number + 1, start: next, end: found.end, next: found.after)
    next = found.after
  }

  /// The end of the file ends a line too, if there is anything in it.
  private mutating func takeRest() -> Bool {
    let limit = base + bytes.count
    if next == limit { return false }
    take((limit, limit))
    return true
  }

  /// Whether a quote stands in the line read last.
  mutating func lineHasQuote() -> Bool {
    quote.place(from: line.start, in: bytes, base) < line.end
  }

  /// Goes back to an earlier line, so that the one after it comes next.
  mutating func goBack(to earlier: Line) {
    line = earlier
    next = earlier.next
    lineFeed.goBack(to: next)
    carriageReturn.goBack(to: next)
    quote.goBack(to: next)
  }

  /// Passes over a line that is too long, and returns its first bytes.
  mutating func skipLine() throws(SystemFault) -> [UInt8] {
    let start = next
    let head = Array(bytes[(start - base)...].prefix(Self.headBytes))
    while true {
      if let found = lineEnd() {
        take(found)
        break
      }
      if isAtEnd {
        // Its end may be in what has been let go.
        if !takeRest() { line.number += 1 }
        break
      }
      next = base + bytes.count
      // A carriage return at the very end may have its line feed to come.
      if bytes.last == .carriageReturn { next -= 1 }
      keptFrom = next
      try refill()
    }
    line.start = start
    return head
  }

  /// Reads on until there are so many lines or bytes, or the file ends; for a look at its start.
  mutating func fill(lines: Int, bytes wanted: Int) throws(SystemFault) {
    var searched = 0
    var found = 0
    while !isAtEnd, bytes.count < wanted {
      try refill()
      for byte in bytes[searched...] where byte == .lineFeed || byte == .carriageReturn {
        found += 1
      }
      searched = bytes.count
      // Each line may end in two bytes.
      if found > 2 * lines { return }
    }
  }

  private mutating func refill() throws(SystemFault) {
    if keptFrom > base {
      bytes.removeFirst(keptFrom - base)
      base = keptFrom
    }
    guard let count = try source?.read(into: &chunk, isDigested: true) else { return }
    bytesRead += count
    transcoder.append(chunk[..<count], to: &bytes)
    if count < chunk.count {
      isAtEnd = true
      transcoder.finish(&bytes)
    }
  }
}

extension LineBuffer {
  /// The bytes between two offsets that are kept.
  func text(_ start: Int, _ end: Int) -> ArraySlice<UInt8> { bytes[start - base..<end - base] }

  /// Whether all that is there is spaces and line ends.
  var isBlank: Bool {
    isAtEnd && bytes.allSatisfy { $0 == .space || 9...13 ~= $0 }
  }

  /// Reads to the end of the file, and reports its size, its digest and whether it is no longer what it was.
  mutating func finish(as survey: FileSurvey, _ report: inout FileReport) throws(SystemFault) {
    while !isAtEnd {
      keptFrom = base + bytes.count
      try refill()
    }
    report.size = bytesRead
    report.sha256 = source?.digest() ?? ""
    if source?.isSame(as: survey) == false { report.faults.append(.changed) }
  }
}
