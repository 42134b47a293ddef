import Digests

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

/// The physical lines of a file, decoded and read in blocks: LF, CRLF and a lone CR each end one.
///
/// It keeps the bytes from `keptFrom` onwards, so that the reader can go back that far.
struct LineBuffer: ~Copyable {
  private var source: ByteSource?
  private var transcoder: Transcoder
  /// The encoding in which what follows a segment was read; nil while that makes no difference.
  private(set) var behindIn: TextEncoding?
  /// The blocks still to be read.
  private var blocks: ArraySlice<FileBlock>
  /// How many bytes follow a segment; only as many are read as its last record needs.
  private var bytesBehind = 0
  /// The file in which they are, and where, until it has been opened.
  private var behind: (path: String, offset: Int)?
  private var digester: SHA256Digester?
  /// Whether the file is no longer what the survey saw.
  private(set) var isChanged = false
  /// The decoded bytes that are kept; the first has the offset `base`.
  private(set) var bytes: [UInt8] = []
  private(set) var base = 0
  /// Where that byte is in the file.
  private var baseInFile = 0
  /// Where the text of a segment ends, and where that is in the file.
  private var segmentEnd = (text: -1, inFile: 0)
  /// The offset from which bytes are kept.
  var keptFrom = 0
  /// The offset of records that are still to be read, whose bytes are kept, too.
  var heldFrom = Int.max
  /// The line read last.
  private(set) var line = Line()
  private(set) var isAtEnd = false
  /// How many bytes of the blocks have been read.
  private(set) var bytesRead = 0
  /// The offset of the line after `line`.
  private(set) var next = 0
  private var lineFeed = Seeker(byte: .lineFeed)
  private var carriageReturn = Seeker(byte: .carriageReturn)
  private var quote: Seeker

  /// The outcome of asking for a line.
  enum Step {
    case line
    case end
    /// No line end within `mostBytes` of `keptFrom`.
    case tooLong
  }

  /// How many bytes are kept of a line that is too long.
  private static let headBytes = 1000
  /// The most bytes that are kept for one record.
  let mostBytes: Int

  /// How many bytes are read at a time after a segment.
  private static let bytesAhead = 1 << 16

  /// Reads a file from start to end, with its digest if asked.
  init(
    _ path: String, _ survey: FileSurvey, quote: UInt8, settings: ReadSettings, isDigested: Bool
  ) throws(SystemFault) {
    let source = try ByteSource(path)
    self.source = consume source
    transcoder = Transcoder(survey.encoding, markLength: survey.markLength)
    blocks = survey.blocks[...]
    digester = isDigested ? SHA256Digester() : nil
    self.quote = Seeker(byte: quote)
    mostBytes = settings.mostRecordBytes
  }

  /// Takes the bytes of a whole file, which are in memory.
  init(_ bytes: consuming [UInt8], _ survey: FileSurvey, quote: UInt8, settings: ReadSettings) {
    source = nil
    transcoder = Transcoder(survey.encoding, markLength: survey.markLength)
    blocks = []
    self.quote = Seeker(byte: quote)
    mostBytes = settings.mostRecordBytes
    bytesRead = bytes.count
    if transcoder.isPlain {
      self.bytes = bytes
    } else {
      transcoder.append(bytes[...], to: &self.bytes)
    }
    transcoder.finish(&self.bytes)
    isAtEnd = true
  }

  /// Takes a segment in memory, and reads what follows it as far as it is needed.
  init(
    _ segment: consuming TextSegment, of path: String, quote: UInt8, settings: ReadSettings
  ) {
    source = nil
    transcoder = Transcoder(segment.encoding, markLength: 0)
    blocks = []
    behind = (path, segment.inFile.upperBound)
    bytesBehind = segment.bytesBehind
    isAtEnd = segment.isLast
    self.quote = Seeker(byte: quote)
    mostBytes = settings.mostRecordBytes
    base = segment.start
    next = base
    keptFrom = base
    line = Line(number: segment.linesBefore, start: base, end: base, next: base)
    segmentEnd = (segment.end, segment.inFile.upperBound)
    // The byte-order mark was read with the first segment.
    bytesRead = segment.inFile.upperBound - (base == 0 ? 0 : segment.inFile.lowerBound)
    bytes = segment.bytes
    baseInFile = segment.inFile.lowerBound
  }

  /// Reads what follows a line, as far as it is needed, in a file that is read in segments.
  init(
    _ path: String, _ survey: FileSurvey, _ encoding: TextEncoding, after position: Line,
    at offset: Int, quote: UInt8, settings: ReadSettings
  ) {
    source = nil
    transcoder = Transcoder(encoding, markLength: 0)
    blocks = []
    behind = (path, offset)
    baseInFile = offset
    bytesBehind = max(survey.status.size - offset, 0)
    isAtEnd = bytesBehind == 0
    self.quote = Seeker(byte: quote)
    mostBytes = settings.mostRecordBytes
    base = position.next
    next = base
    keptFrom = base
    line = position
  }

  /// Skips the rest of a line that began before the segment.
  mutating func passOverRestOfLine() throws(SystemFault) { _ = try nextLine() }

  /// Takes out the memory of the bytes, which are then gone.
  mutating func takeMemory() -> [UInt8] { exchange(&bytes, for: []) }

  /// Takes a text that is complete in memory.
  init(_ text: [UInt8], quote: UInt8) {
    source = nil
    transcoder = Transcoder(.utf8, markLength: 0)
    self.quote = Seeker(byte: quote)
    blocks = []
    bytes = text
    isAtEnd = true
    mostBytes = .max
  }

  /// Moves on to the next line, which becomes `line`.
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

  /// Moves on to the next line and splits it, if it is complete, without a quote and not blank.
  ///
  /// False where any of this is in doubt.
  mutating func nextPlainLine(into record: inout Record, delimiter: UInt8) -> Bool {
    let start = next - base
    // A line that begins with a space may be blank: a no-break space is C2 A0.
    guard start < bytes.count, bytes[start] > .space, bytes[start] != 0xC2,
      bytes[start] != delimiter,
      let found = record.takePlainLine(
        of: bytes.span.extracting(droppingFirst: start), delimiter: delimiter, quote: quote.byte),
      found.length <= mostBytes
    else { return false }
    keptFrom = next
    take((next + found.length, next + found.next))
    return true
  }

  /// The end of the next line, and the start of the one after it; nil where they are not there yet.
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

  /// Moves on to a line that is complete.
  mutating func goOn(to line: Line) {
    self.line = line
    next = line.next
    keptFrom = line.start
  }

  /// Overwrites a record's text with its bytes, and the rest of the text with spaces.
  ///
  /// The delimiters and quotes that are lost have one byte each, and so do the spaces: the place in
  /// the file of what follows is found by counting characters.
  mutating func overwrite(_ places: Range<Int>, with record: borrowing Record) {
    let (start, end) = (places.lowerBound - base, places.upperBound - base)
    precondition(start >= 0 && start + record.byteCount <= end, "a record outgrew its text")
    bytes.write(record.bytes.span.extracting(first: record.byteCount), at: start)
    for place in start + record.byteCount..<end { bytes[place] = .space }
  }

  private mutating func take(_ found: (end: Int, after: Int)) {
    line = Line(number: line.number + 1, start: next, end: found.end, next: found.after)
    next = found.after
  }

  /// Takes what is left as a line: the end of the file ends a line too, unless it is empty.
  private mutating func takeRest() -> Bool {
    let limit = base + bytes.count
    if next == limit { return false }
    take((limit, limit))
    return true
  }

  /// The place of the first quote in the line read last; nil where there is none.
  mutating func firstQuote() -> Int? {
    let place = quote.place(from: line.start, in: bytes, base)
    return place < line.end ? place : nil
  }

  /// Goes back to an earlier line, so that the one after it comes next.
  mutating func goBack(to earlier: Line) {
    line = earlier
    next = earlier.next
    lineFeed.goBack(to: next)
    carriageReturn.goBack(to: next)
    quote.goBack(to: next)
  }

  /// Skips a line that is too long, and returns its first bytes.
  mutating func skipLine() throws(SystemFault) -> [UInt8] {
    let start = next
    // This much is in memory and belongs to the line, whatever the size of the blocks.
    let head = Array(bytes[(start - base)...].prefix(min(Self.headBytes, mostBytes)))
    while true {
      if let found = lineEnd() {
        take(found)
        break
      }
      if isAtEnd {
        // Its end may lie in what was already released.
        if !takeRest() { line.number += 1 }
        break
      }
      next = base + bytes.count
      // The line feed of a carriage return at the very end may still follow.
      if bytes.last == .carriageReturn { next -= 1 }
      keptFrom = next
      try refill()
    }
    line.start = start
    return head
  }

  /// Reads on until there are enough lines or bytes, or the file ends; for a look at its start.
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
    let from = min(keptFrom, heldFrom)
    if from > base {
      baseInFile = placeInFile(of: from)
      bytes.removeFirst(from - base)
      base = from
    }
    let block = blocks.popFirst()
    let wanted = block?.count ?? min(bytesBehind, Self.bytesAhead)
    let count = try take(wanted, of: block)
    if block == nil { bytesBehind -= count }
    if count < wanted { isChanged = true }
    if count < wanted || (blocks.isEmpty && bytesBehind == 0) {
      isAtEnd = true
      transcoder.finish(&bytes)
    }
  }

  /// Reads the next bytes of the file and decodes them.
  private mutating func take(_ wanted: Int, of block: FileBlock?) throws(SystemFault) -> Int {
    let start = bytes.count
    if let (path, offset) = exchange(&behind, for: nil) {
      source = try ByteSource(path, from: offset)
    }
    defer {
      if block == nil, behindIn == nil {
        let other = bytes.span.firstIndexOfOther(from: start)
        if other < bytes.count { behindIn = transcoder.encoding }
      }
    }
    guard transcoder.isPlain else {
      var chunk = [UInt8](repeating: 0, count: wanted)
      let count = try source?.read(into: &chunk) ?? 0
      let raw = chunk.span.extracting(first: count)
      digester?.update(raw)
      if let block, raw.mixed(into: 0) != block.sum { isChanged = true }
      if block != nil { bytesRead += count }
      transcoder.append(chunk[..<count], to: &bytes)
      return count
    }
    let count = try source?.read(wanted, onto: &bytes) ?? 0
    var digester = digester
    digester?.update(bytes.span.extracting(droppingFirst: start))
    self.digester = digester
    if let block {
      if bytes.span.extracting(droppingFirst: start).mixed(into: 0) != block.sum {
        isChanged = true
      }
      bytesRead += count
    }
    return count
  }
}

extension LineBuffer {
  /// Where in the file a byte of the text is, if the file is read in segments.
  func placeInFile(of offset: Int) -> Int {
    if offset == segmentEnd.text { return segmentEnd.inFile }
    let text = bytes.span.extracting(first: offset - base)
    return baseInFile + (transcoder.isPlain ? text.count : transcoder.rawCount(of: text))
  }

  /// The kept bytes between two offsets.
  func text(_ start: Int, _ end: Int) -> ArraySlice<UInt8> { bytes[start - base..<end - base] }

  /// Whether the text has only spaces and line ends.
  var isBlank: Bool {
    isAtEnd && bytes.allSatisfy { $0 == .space || 9...13 ~= $0 }
  }

  /// Reads to the end of the file, and gives its whole digest in lower-case hexadecimal.
  mutating func finish() throws(SystemFault) -> String {
    while !isAtEnd {
      keptFrom = base + bytes.count
      try refill()
    }
    return digester?.finish() ?? ""
  }
}
