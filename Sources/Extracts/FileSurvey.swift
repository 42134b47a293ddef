/// How files are read; the tests read with other sizes.
struct ReadSettings: Sendable {
  /// The most bytes that one record may have.
  var mostRecordBytes = 64 << 20
  /// How many bytes of a file are read first, with its headings.
  var firstBlock = 1 << 18
  /// How many bytes of a file one thread reads at a time.
  var block = 4 << 20
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
    var survey = EncodingSurvey()
    do throws(SystemFault) {
      var source = try ByteSource(path)
      status = source.status
      if status.kind == .file {
        blocks = try Self.blocks(of: &source, settings) { survey.take($0) }
      } else {
        blocks = []
      }
    } catch {
      throw .unreadable(error)
    }
    survey.finish()
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

  private static func blocks(
    of source: inout ByteSource, _ settings: ReadSettings, _ take: (Span<UInt8>) -> Void
  ) throws(SystemFault) -> [FileBlock] {
    var blocks: [FileBlock] = []
    var lines = LineCount()
    // A byte-order mark is never parted.
    let first = max(settings.firstBlock, 3)
    var chunk = [UInt8](repeating: 0, count: min(first, source.status.size + 1))
    while true {
      let start = source.count
      let count = try source.read(into: &chunk)
      if count > 0 {
        let bytes = chunk.span.extracting(first: count)
        take(bytes)
        let before = lines.take(bytes)
        blocks.append(
          FileBlock(
            bytes: start..<start + count, linesBefore: before.count, startsLine: before.isAtStart,
            sum: bytes.mixed(into: 0)))
      }
      if count < chunk.count { return blocks }
      let size = min(settings.block, max(source.status.size - source.count, 0) + 1)
      if chunk.count != size { chunk = [UInt8](repeating: 0, count: size) }
    }
  }
}

/// A stretch of a file that is read in one go.
struct FileBlock: Hashable, Sendable {
  /// Where it stands in the file.
  let bytes: Range<Int>
  /// How many physical lines end before it.
  let linesBefore: Int
  /// Whether a physical line begins with it.
  let startsLine: Bool
  /// A sum of its bytes, to find that it changed between two readings.
  let sum: UInt64
}
