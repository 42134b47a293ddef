import Synchronization

/// A stretch of a long file's text that is read by itself: whole lines, where it has line feeds.
///
/// Offsets count the bytes of the text, which begins behind a byte-order mark.
struct TextSegment {
  /// UTF-8.
  var bytes: [UInt8]
  /// Where it begins.
  let start: Int
  /// How many physical lines end before it.
  let linesBefore: Int
  /// Whether a physical line begins with it.
  let startsLine: Bool
  /// How many bytes stand behind it; none only where the file ends with it.
  let bytesBehind: Int
  /// At most how many records begin in it.
  let mostRecords: Int

  /// Where the next one begins.
  var end: Int { start + bytes.count }
  /// Whether the file ends with it.
  var isLast: Bool { bytesBehind == 0 }
}

/// A segment on its way from the thread that took it out of the file to the one that reads it, and its place in the
/// table's room.
///
/// Taken out once, so that its bytes are never there twice.
final class SegmentOnTheWay: Sendable {
  private let segment: Mutex<TextSegment?>
  /// Nil where there is no room left.
  let places: Range<Int>?

  init(_ segment: consuming TextSegment, places: Range<Int>?) {
    self.segment = Mutex(segment)
    self.places = places
  }

  func take() -> TextSegment? { segment.withLock { exchange(&$0, for: nil) } }
}

/// Memory that the bytes of segments stand in, one after the other: new memory costs as much as reading into it.
final class SegmentMemory: Sendable {
  private let spare = Mutex<[[UInt8]]>([])

  /// No bytes, and maybe room for many.
  func take() -> [UInt8] { spare.withLock { $0.popLast() } ?? [] }

  /// Takes memory back.
  func giveBack(_ bytes: consuming [UInt8]) {
    bytes.removeAll(keepingCapacity: true)
    let empty = bytes
    spare.withLock { $0.append(empty) }
  }
}
