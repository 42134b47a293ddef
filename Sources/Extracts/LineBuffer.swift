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
      let limit = base + bytes.count
      let end = min(
        lineFeed.place(from: next, in: bytes, base),
        carriageReturn.place(from: next, in: bytes, base))
      if end < limit {
        var after = end + 1
        if bytes[end - base] == .carriageReturn {
          if after == limit, !isAtEnd {
            try refill()
            continue
          }
          if after < limit, bytes[after - base] == .lineFeed { after += 1 }
        }
        line = Line(number: line.number + 1, start: next, end: end, next: after)
        next = after
        return .line
      }
      if isAtEnd {
        if next == limit { return .end }
        line = Line(number: line.number + 1, start: next, end: limit, next: limit)
        next = limit
        return .line
      }
      if limit - keptFrom > mostBytes { return .tooLong }
      try refill()
    }
  }

  /// Whether a quote stands in the line read last.
  mutating func lineHasQuote() -> Bool {
    quote.place(from: line.start, in: bytes, base) < line.end
  }

  /// Goes back to an earlier line, so that the one after it comes next.
  mutating func goBack(to earlier: Line) {
    line = earlier
    next = earlier.next
    lineFeed.forget()
    carriageReturn.forget()
    quote.forget()
  }

  /// Passes over what is left of a line that was too long.
  mutating func skipLine() throws(SystemFault) {
    let start = next
    while true {
      next = base + bytes.count
      keptFrom = next
      let step = try nextLine()
      if step == .tooLong { continue }
      // A line that ends with the file has its end in the part passed over.
      if step == .end { line.number += 1 }
      line = Line(number: line.number, start: start, end: line.end, next: next)
      return
    }
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
