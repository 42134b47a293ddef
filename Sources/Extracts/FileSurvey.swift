import Values

/// How files are read; tests use other sizes.
struct ReadSettings: Sendable {
  /// The most bytes that one record may have.
  var mostRecordBytes = 64 << 20
  /// How many bytes of a file are read first, headings included.
  var firstBlock = 1 << 18
  /// How many bytes of a file are read at a time.
  var block = 1 << 18
  /// The least number of blocks in a segment, which one thread reads.
  ///
  /// It is as many as stay in the cache from the copy out of the file to the values.
  var blocksInSegment = 8
  /// How many bytes a file may have for its records to be summed.
  ///
  /// What takes long to read anyway need not take longer.
  var mostSummedBytes = 64 << 20
  /// Lends memory for what was read, where it is too much for the machine's own.
  var spill: ColumnSpill?

  /// The size of the first block, which never splits a byte-order mark.
  var firstBlockSize: Int { max(firstBlock, 3) }
}

/// What is known of a file before its records are read: that it is text, and its encoding.
struct FileSurvey {
  /// What the file was when the pass began.
  let status: FileStatus
  /// The blocks that a first pass through the whole file has read, in order; empty without one.
  let blocks: [FileBlock]
  /// Bytes that have been looked at.
  let size: Int
  let encoding: TextEncoding
  let markLength: Int
  /// Whether some bytes are no characters, so that every record must be checked.
  let hasBadBytes: Bool

  /// Looks through a whole file; the fault says why there is nothing to read records from.
  init(_ path: String, declared: TextEncoding?, settings: ReadSettings) throws(InputFault) {
    let status: FileStatus
    var survey = EncodingSurvey()
    var blocks: [FileBlock] = []
    do throws(SystemFault) {
      status = try FileStatus(at: path)
      if status.kind == .file {
        blocks = try survey.takeAll(of: ByteSource(path), settings)
        survey.finish()
      }
    } catch {
      throw .unreadable(error)
    }
    try self.init(status, survey, blocks: blocks, declared: declared)
  }

  /// Judges what was seen of a file, all of it or its beginning.
  init(
    _ status: FileStatus, _ survey: EncodingSurvey, blocks: [FileBlock] = [],
    declared: TextEncoding?
  ) throws(InputFault) {
    self.status = status
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

  /// Whether such a file can be read in segments.
  ///
  /// Each line must end where a character does, and nothing in the file may have to be searched
  /// for.
  var isInSegments: Bool { (encoding == .utf8 || encoding == .windows1252) && !hasBadBytes }

  /// Whether a path still leads to the unchanged file.
  func isSame(at path: String) -> Bool { (try? FileStatus(at: path)) == status }
}

/// A stretch of a file that is read at one go.
struct FileBlock: Hashable, Sendable {
  /// How many bytes it has.
  let count: Int
  /// A sum of them, which shows if they changed between two readings.
  let sum: UInt64
}

extension EncodingSurvey {
  /// Goes through a whole file.
  fileprivate mutating func takeAll(of source: consuming ByteSource, _ settings: ReadSettings)
    throws(SystemFault) -> [FileBlock]
  {
    var blocks: [FileBlock] = []
    var chunk: [UInt8] = []
    while true {
      let wanted = blocks.isEmpty ? settings.firstBlockSize : settings.block
      // Asking for one byte more than the file has shows that there are no more.
      let most = min(wanted, max(source.status.size - size, 0) + 1)
      chunk.removeAll(keepingCapacity: true)
      let count = try source.read(most, onto: &chunk)
      if count > 0 {
        take(chunk.span)
        blocks.append(FileBlock(count: count, sum: chunk.span.mixed(into: 0)))
      }
      if count < most { return blocks }
    }
  }
}
