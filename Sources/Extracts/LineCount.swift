/// Counts the physical lines of a file that is seen block by block: LF, CRLF and a lone CR each end one.
struct LineCount {
  private var count = 0
  private var lastByte: UInt8 = .lineFeed

  /// Takes the next block, which is not empty; returns how many lines end before it, and whether one begins with it.
  mutating func take(_ bytes: Span<UInt8>) -> (count: Int, isAtStart: Bool) {
    let startsWithFeed = bytes[0] == .lineFeed
    var isAtStart = lastByte == .lineFeed
    if lastByte == .carriageReturn, !startsWithFeed {
      count += 1
      isAtStart = true
    }
    let before = count
    count += bytes.count(of: .lineFeed)
    count += bytes.countOfCarriageReturnsAlone
    lastByte = bytes[bytes.count - 1]
    return (before, isAtStart)
  }
}

extension Span<UInt8> {
  /// How many carriage returns have another byte than a line feed after them; one at the very end is not counted.
  fileprivate var countOfCarriageReturnsAlone: Int {
    var found = 0
    var index = firstIndex(of: .carriageReturn, from: 0)
    while index + 1 < count {
      if self[index + 1] != .lineFeed { found += 1 }
      index = firstIndex(of: .carriageReturn, from: index + 1)
    }
    return found
  }
}
