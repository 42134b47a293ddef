import Glibc

// Allocates nothing itself, but writes into `ColumnMemory`. It is sound because a text is written
// once, after all others of its block, by the block's sole owner; each start belongs to the block
// at the same index; and every place was given for a text that is there in full.

/// Many texts in UTF-8, one after another, in blocks of memory that a file can lend.
///
/// One byte or nine bytes before each text give its length. A copy shares the existing texts; what
/// is added to one copy is not in the other.
@safe
struct TextBlocks: @unchecked Sendable {
  // Unchecked for the pointers, which point into `blocks`.

  /// Where a text stands, and whether it is ASCII.
  struct Place: BitwiseCopyable, Sendable {
    /// From the top: one bit for ASCII, then the number of the block, then 32 bits for the offset
    /// in it.
    fileprivate let bits: UInt64

    /// Whether no byte of it is above 127.
    var isASCII: Bool { bits >> 63 == 1 }

    /// The place of the same text where other blocks stand before its own.
    func moved(by blocks: Int) -> Place { Place(bits: bits &+ UInt64(blocks) &<< 32) }
  }

  private var blocks: [ColumnMemory] = []
  /// Where each block begins: asking the block would touch its reference count for each text read.
  private var starts: [UnsafeMutablePointer<UInt8>] = unsafe []
  private var used = 0
  private var room = 0
  private let spill: ColumnSpill?

  private static let leastRoom = 1 << 10
  private static let mostRoom = 1 << 20
  /// The length byte of a text of this many bytes or more; eight bytes with its length follow.
  private static let long = 255

  init(in spill: ColumnSpill?) { self.spill = spill }

  /// Adds a text, whose bytes must be UTF-8.
  mutating func append(_ bytes: Span<UInt8>, isASCII: Bool) -> Place {
    let head = bytes.count < Self.long ? 1 : 9
    let wanted = head + bytes.count
    if blocks.isEmpty || wanted > room - used
      || !isKnownUniquelyReferenced(&blocks[blocks.count - 1])
    {
      room = max(wanted, min(max(room * 2, Self.leastRoom), Self.mostRoom))
      let new = ColumnMemory(byteCount: room, in: spill)
      blocks.append(new)
      unsafe starts.append(new.values(of: UInt8.self))
      used = 0
    }
    let place = Place(
      bits: (isASCII ? 1 << 63 : 0) | UInt64(blocks.count - 1) << 32 | UInt64(UInt32(used)))
    let start = unsafe starts[blocks.count - 1] + used
    unsafe start[0] = UInt8(min(bytes.count, Self.long))
    if head > 1 {
      unsafe UnsafeMutableRawPointer(start + 1).storeBytes(of: bytes.count, as: Int.self)
    }
    unsafe bytes.withUnsafeBufferPointer { bytes in
      if let first = bytes.baseAddress {
        unsafe (start + head).update(from: first, count: bytes.count)
      }
    }
    used += wanted
    return place
  }

  /// Takes the blocks of others, whose texts stay where they are.
  ///
  /// Returns by how many blocks the places of their texts have moved.
  mutating func append(contentsOf others: TextBlocks) -> Int {
    let before = blocks.count
    blocks += others.blocks
    unsafe starts += others.starts
    if before < blocks.count { (used, room) = (others.used, others.room) }
    return before
  }

  /// Lends the bytes of a text to a closure.
  @inline(__always)
  func withText<Result>(at place: Place, _ look: (Span<UInt8>) -> Result) -> Result {
    let block = Int(truncatingIfNeeded: (place.bits &<< 1) &>> 33)
    let start = unsafe starts[block] + Int(place.bits & 0xFFFF_FFFF)
    var text = unsafe UnsafeBufferPointer(start: start + 1, count: Int(start[0]))
    if text.count == Self.long {
      let count = unsafe UnsafeRawPointer(start + 1).loadUnaligned(as: Int.self)
      unsafe text = UnsafeBufferPointer(start: start + 9, count: count)
    }
    return withExtendedLifetime(blocks) { unsafe look(text.span) }
  }

  /// Whether a text has these bytes.
  func holds(_ bytes: Span<UInt8>, at place: Place) -> Bool {
    withText(at: place) { text in
      guard text.count == bytes.count else { return false }
      return unsafe text.withUnsafeBufferPointer { text in
        unsafe bytes.withUnsafeBufferPointer { bytes in
          guard let a = text.baseAddress, let b = bytes.baseAddress else { return true }
          return unsafe memcmp(a, b, text.count) == 0
        }
      }
    }
  }
}
