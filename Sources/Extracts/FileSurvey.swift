import Values

/// How files are read; the tests read with other sizes.
struct ReadSettings: Sendable {
  /// The most bytes that one record may have.
  var mostRecordBytes = 64 << 20
  /// How many bytes of a file are read first, with its headings.
  var firstBlock = 1 << 18
  /// How many bytes of a file are read at a time.
  var block = 1 << 19
  /// How many blocks of a file one thread reads in a row.
  var blocksInPart = 48
  /// Lends memory for what has been read, where there is too much for the machine's own.
  var spill: ColumnSpill?

  /// A byte-order mark is never parted.
  var firstBlockSize: Int { max(firstBlock, 3) }
}

/// A first pass over a file: that it is one, that it holds text, and in which encoding.
struct FileSurvey {
  /// What the file was when the pass began.
  let status: FileStatus
  /// The blocks that it is read in, one after the other or side by side.
  let blocks: [FileBlock]
  let size: Int
  let encoding: TextEncoding
  let markLength: Int
  /// Whether some bytes are no characters, so that every record must be looked at.
  let hasBadBytes: Bool

  /// Looks through a whole file; the fault says why there is nothing to read records from.
  init(_ path: String, declared: TextEncoding?, settings: ReadSettings) throws(InputFault) {
    let status: FileStatus
    var stretches: [SurveyStretch] = []
    do throws(SystemFault) {
      status = try FileStatus(at: path)
      if status.kind == .file {
        stretches.append(try SurveyStretch(path, from: 0, to: nil, settings))
      }
    } catch {
      throw .unreadable(error)
    }
    try self.init(status, stretches, declared: declared)
  }

  /// Puts together what was seen of a file's stretches, one after the other.
  init(_ status: FileStatus, _ stretches: [SurveyStretch], declared: TextEncoding?)
    throws(InputFault)
  {
    self.status = status
    var survey = EncodingSurvey(from: 0)
    var blocks: [FileBlock] = []
    var lines = 0
    var lastByte = UInt8.lineFeed
    for stretch in stretches {
      survey.append(stretch.encoding)
      for block in stretch.blocks {
        var startsLine = lastByte == .lineFeed
        if lastByte == .carriageReturn, block.first != .lineFeed {
          lines += 1
          startsLine = true
        }
        blocks.append(
          FileBlock(
            bytes: block.bytes, linesBefore: lines, lineEnds: block.lineEnds,
            startsLine: startsLine, sum: block.sum))
        lines += block.lineEnds
        lastByte = block.last
      }
    }
    survey.finish()
    self.blocks = blocks
    size = survey.size
    (encoding, markLength) = survey.encoding(declared: declared)
    hasBadBytes = survey.hasBadBytes(in: encoding)
    switch status.kind {
    case .file: break
    case .folder: throw .notDelimitedText(.folder)
    case .link, .other: throw .notDelimitedText(.special)
    }
    if size == markLength { throw .empty }
    if let kind = FileKind(survey, encoding) { throw .notDelimitedText(kind) }
  }

  /// Whether the blocks can be read side by side: their bytes are the text, with nothing to be carried from one
  /// to the next.
  var isReadInBlocks: Bool { encoding == .utf8 && blocks.count > 1 }

  /// Whether a path still leads to the file as it was.
  func isSame(at path: String) -> Bool { (try? FileStatus(at: path)) == status }

  /// At most how many records of so many fields begin in some blocks: each takes a line, and a byte for each field.
  func mostRecords(in range: Range<Int>, width: Int) -> Int {
    let lines = blocks[range].reduce(1) { $0 + $1.lineEnds + 1 }
    let bytes = blocks[range].reduce(0) { $0 + $1.bytes.count }
    return min(lines, bytes / max(width, 1) + 1)
  }
}

/// A stretch of a file that is read in one go.
struct FileBlock: Hashable, Sendable {
  /// Where it stands in the file.
  let bytes: Range<Int>
  /// How many physical lines end before it.
  let linesBefore: Int
  /// How many end in it.
  let lineEnds: Int
  /// Whether a physical line begins with it.
  let startsLine: Bool
  /// A sum of its bytes, to find that it changed between two readings.
  let sum: UInt64
}
