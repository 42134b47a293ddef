import Digests

/// Splits a file into segments.
struct FeedState: ~Copyable {
  private var source: ByteSource?
  /// How many bytes the file had when it was opened.
  private let size: Int
  private let settings: ReadSettings
  private let quote: UInt8
  /// How many quotes there are in what has been read.
  private var quotes = 0
  /// What the bytes read so far show.
  var survey = EncodingSurvey()
  /// The encoding in which the text is handed over.
  private(set) var encoding = TextEncoding.utf8
  /// Whether the encoding was declared beforehand.
  private let isDeclared: Bool
  /// Whether all bytes read so far are ASCII: the same text in either encoding.
  private var isASCII = true
  private(set) var digester = SHA256Digester()
  /// Whether there is nothing more to hand over.
  private(set) var isAtEnd = false
  /// The beginning of a line that continues after the last segment.
  private var carried: [UInt8] = []
  /// How much of the text has been handed over, and how much of the file, including its mark.
  private var textCount = 0
  private var rawCount = 0
  /// How many lines end in what has been read, not counting a carriage return as its last byte.
  private var lineEnds = 0
  private var lastRead = UInt8.lineFeed
  /// The last byte handed over, and how many lines end up to there, counted in the same way.
  private var lastByte = UInt8.lineFeed
  private var linesHandedOver = 0
  /// Why the file was not read to its end.
  var fault: SystemFault?
  /// The places in the table's room that remain for the file's records.
  var places = 0..<0
  /// How many fields a record has.
  var width = 1

  /// Begins a file that is still to be read; nil for a path that is no file.
  init(
    _ source: consuming ByteSource?, size: Int, quote: UInt8, isDeclared: Bool,
    _ settings: ReadSettings
  ) {
    self.source = source
    self.size = size
    self.quote = quote
    self.isDeclared = isDeclared
    self.settings = settings
  }

  /// Reads the first bytes.
  mutating func begin() throws(SystemFault) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(settings.firstBlockSize, onto: &bytes)
    if isAtEnd { survey.finish() }
    return bytes
  }

  /// The next segment.
  ///
  /// Nil where there is none, or where what follows shows that the file must be read in another
  /// way.
  mutating func next(in memory: consuming [UInt8]) throws(SystemFault) -> TextSegment? {
    if isAtEnd { return nil }
    var bytes = memory
    let size = settings.block * settings.blocksInSegment
    bytes.reserveCapacity(carried.count + size + settings.block)
    bytes.append(contentsOf: carried)
    carried.removeAll(keepingCapacity: true)
    let wasASCII = isASCII
    repeat {
      try read(settings.block, onto: &bytes)
      // Nothing handed over so far shows which encoding it is.
      if survey.wrong > 0, wasASCII, !isDeclared {
        encoding = survey.encoding(declared: nil).encoding
      }
      if survey.hasBadBytes(in: encoding) {
        isAtEnd = true
        return nil
      }
      if bytes.isEmpty { return nil }
    } while !isAtEnd && bytes.count < size
    return segment(of: bytes)
  }

  /// The first segment, without the byte-order mark at its start.
  mutating func firstSegment(of bytes: consuming [UInt8], _ survey: FileSurvey) -> TextSegment {
    encoding = survey.encoding
    bytes.removeFirst(survey.markLength)
    rawCount = survey.markLength
    return segment(of: bytes)
  }

  private mutating func segment(of bytes: consuming [UInt8]) -> TextSegment {
    if !isAtEnd {
      let cut =
        bytes.span.endOfLastRecord(quote: quote, isWithin: quotes & 1 == 1)
        ?? bytes.span.endOfLastLine
      carried.append(contentsOf: bytes[cut...])
      bytes.removeLast(bytes.count - cut)
    }
    let isBehindReturn = lastByte == .carriageReturn && bytes.first != .lineFeed
    let before = linesHandedOver + (isBehindReturn ? 1 : 0)
    let startsLine = lastByte == .lineFeed || isBehindReturn
    lastByte = bytes.last ?? lastByte
    linesHandedOver = lineEnds - carried.span.look(quote: quote).lineEnds
    let count = bytes.count
    let inFile = rawCount..<rawCount + count
    rawCount = inFile.upperBound
    if encoding == .windows1252 { bytes = Windows1252.text(of: bytes) }
    let segment = TextSegment(
      bytes: bytes, start: textCount, inFile: inFile, encoding: encoding, linesBefore: before,
      startsLine: startsLine, bytesBehind: isAtEnd ? 0 : max(size - rawCount, 1),
      places: takePlaces(min(linesHandedOver - before, count / max(width, 1)) + 1))
    textCount = segment.end
    return segment
  }

  private mutating func takePlaces(_ count: Int) -> Range<Int>? {
    guard count <= places.count else { return nil }
    let taken = places.lowerBound..<places.lowerBound + count
    places = taken.upperBound..<places.upperBound
    return taken
  }

  /// Reads this many bytes, or to the end of the file.
  private mutating func read(_ most: Int, onto bytes: inout [UInt8]) throws(SystemFault) {
    // Asking for one byte more than the file has shows that there are no more, so that the last
    // segment is known to be the last.
    let left = max(size - survey.size, 0)
    let wanted = left <= most ? left + 1 : most
    let before = bytes.count
    let count = try source?.read(wanted, onto: &bytes) ?? 0
    let new = bytes.span.extracting(droppingFirst: before)
    digester.update(new)
    let look = new.look(quote: quote)
    survey.take(new, isASCII: look.isASCII)
    isASCII = isASCII && look.isASCII
    lineEnds += look.lineEnds
    quotes += look.quotes
    if count > 0 {
      if lastRead == .carriageReturn, new[0] != .lineFeed { lineEnds += 1 }
      lastRead = new[count - 1]
    }
    isAtEnd = count < wanted
  }

  /// About how many records of this many fields are still to come, at most.
  ///
  /// It is estimated from the lines at some places of the file.
  func likelyRecords(width: Int) -> Int {
    let (looks, length) = (16, 1 << 14)
    var (bytes, lines) = (0, 0)
    for look in 0..<looks {
      var sample: [UInt8] = []
      let offset = max(size - length, 0) / (looks - 1) * look
      guard (try? source?.read(length, at: offset, onto: &sample)) != nil else { break }
      bytes += sample.count
      lines += sample.span.look(quote: quote).lineEnds
    }
    let left = size - rawCount
    let likely = Double(lines + looks) / Double(max(bytes, 1)) * Double(left)
    return min(Int(likely * 1.1) + 1_000, left / max(width, 1) + 1)
  }
}

extension Span<UInt8> {
  /// The place after the last line feed outside quotes, where no quote is stray.
  ///
  /// Nil where it is far from the end.
  fileprivate func endOfLastRecord(quote: UInt8, isWithin: Bool) -> Int? {
    var isWithin = isWithin
    for place in stride(from: count - 1, through: Swift.max(count - 65_536, 0), by: -1) {
      let byte = self[place]
      if byte == quote { isWithin.toggle() }
      if byte == .lineFeed, !isWithin { return place + 1 }
    }
    return nil
  }

  /// The place after the last line feed; the count where there is none.
  fileprivate var endOfLastLine: Int {
    var end = count
    while end > 0, self[end - 1] != .lineFeed { end -= 1 }
    return end == 0 ? count : end
  }
}
