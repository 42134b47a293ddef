/// A stretch of a file, looked through by itself: its blocks, and what its bytes say of the encoding.
struct SurveyStretch: Sendable {
  /// What is known of one block without what stands before it.
  struct Block {
    let bytes: Range<Int>
    let sum: UInt64
    /// How many lines end in it, each in LF, CRLF or a lone CR; a CR at its very end is not counted.
    let lineEnds: Int
    let first: UInt8
    let last: UInt8
  }

  private(set) var blocks: [Block] = []
  private(set) var encoding: EncodingSurvey

  /// Where the stretches of a file of this size begin, the first of them with the first block alone.
  static func starts(size: Int, _ settings: ReadSettings) -> [Int] {
    let first = settings.firstBlockSize
    return [0] + stride(from: first, to: size, by: settings.block * settings.blocksInPart)
  }

  /// Looks through a file from an offset to another, or to its end.
  init(_ path: String, from start: Int, to end: Int?, _ settings: ReadSettings)
    throws(SystemFault)
  {
    var source = try ByteSource(path, from: start)
    encoding = EncodingSurvey(from: start)
    var offset = start
    var chunk: [UInt8] = []
    while true {
      let wanted = offset == 0 ? settings.firstBlockSize : settings.block
      // One more than is there shows that there is no more.
      let size = min(wanted, end.map { $0 - offset } ?? max(source.status.size - offset, 0) + 1)
      if size == 0 { return }
      if chunk.count != size { chunk = [UInt8](repeating: 0, count: size) }
      let count = try source.read(into: &chunk)
      if count > 0 {
        let bytes = chunk.span.extracting(first: count)
        encoding.take(bytes)
        blocks.append(
          Block(
            bytes: offset..<offset + count, sum: bytes.mixed(into: 0), lineEnds: bytes.lineEnds,
            first: bytes[0], last: bytes[count - 1]))
        offset += count
      }
      if count < size { return }
    }
  }
}

extension Span<UInt8> {
  /// How many lines end here, but for one that ends in a carriage return that is the last byte.
  fileprivate var lineEnds: Int {
    var found = count(of: .lineFeed)
    var index = firstIndex(of: .carriageReturn, from: 0)
    while index + 1 < count {
      if self[index + 1] != .lineFeed { found += 1 }
      index = firstIndex(of: .carriageReturn, from: index + 1)
    }
    return found
  }
}
