// Allocates nothing itself, but writes into `ColumnMemory`. It is sound because only the last block
// is written, after all that it holds, and only by its sole owner, and because each start belongs
// to the block at the same index.

/// Values that are appended one by one, in blocks of memory that a file can lend.
///
/// A copy shares the existing values; what is added to one copy is not in the other.
@safe
public struct GrowingValues<Element: BitwiseCopyable & Sendable>: @unchecked Sendable {
  // Unchecked for the pointers, which point into `blocks`.

  private var blocks: [ColumnMemory] = []
  /// Where each block begins: asking the block would touch its reference count for each value read.
  @usableFromInline
  var starts: [UnsafeMutablePointer<Element>] = unsafe []
  /// How many values the last block has room for; all blocks but the first have room for a whole
  /// one.
  private var room = 0
  private let spill: ColumnSpill?
  /// How many there are.
  public private(set) var count = 0

  @usableFromInline
  static var shift: Int { 17 }
  @usableFromInline
  static var whole: Int { 1 << shift }
  private static var leastRoom: Int { 64 }

  /// No values.
  public init(in spill: ColumnSpill? = nil) { self.spill = spill }

  /// Whether there are none.
  public var isEmpty: Bool { count == 0 }

  /// The value at a place.
  @inlinable
  public subscript(index: Int) -> Element {
    precondition(UInt(bitPattern: index) < UInt(bitPattern: count), "no value stands there")
    return unsafe starts[index >> Self.shift][index & (Self.whole &- 1)]
  }

  /// Adds a value.
  public mutating func append(_ value: Element) {
    let place = count & (Self.whole &- 1)
    if place == 0, count == blocks.count << Self.shift {
      room = blocks.isEmpty ? Self.leastRoom : Self.whole
      let new = memory(for: room)
      blocks.append(new)
      unsafe starts.append(new.values(of: Element.self))
    } else if place == room {
      room *= 2
      replaceLast(keeping: place)
    } else if !isKnownUniquelyReferenced(&blocks[blocks.count &- 1]) {
      replaceLast(keeping: place)
    }
    unsafe starts[blocks.count &- 1][place] = value
    count &+= 1
  }

  /// Moves the values of the last block into one with the room that it should have now.
  private mutating func replaceLast(keeping count: Int) {
    let new = memory(for: room)
    unsafe new.values(of: Element.self).update(from: starts[blocks.count - 1], count: count)
    blocks[blocks.count - 1] = new
    unsafe starts[blocks.count - 1] = new.values(of: Element.self)
  }

  private func memory(for count: Int) -> ColumnMemory {
    ColumnMemory(byteCount: count * MemoryLayout<Element>.stride, in: spill)
  }
}
