// Allocates nothing itself, but writes into `ColumnMemory`. It is sound because every slot asked
// for is within the count, and slots are written only by the sole owner of the memory.

/// The hash table of a `StringPool`: a slot for each text, at the place given by its hash or after.
///
/// It is in memory that a file can lend. A copy shares the table until one of the two is changed.
@safe
struct TextSlots: @unchecked Sendable {
  // Unchecked for the pointer, which points into `memory`.

  struct Slot: BitwiseCopyable {
    /// The text's number plus one; 0 if the slot is free.
    var number: UInt32
    /// The tag of the text's hash.
    var tag: UInt32
  }

  private var memory: ColumnMemory
  private var start: UnsafeMutablePointer<Slot>
  /// A power of two.
  let count: Int
  private let spill: ColumnSpill?

  /// Makes free slots; their number must be a power of two.
  init(count: Int, in spill: ColumnSpill?) {
    self.count = count
    self.spill = spill
    memory = ColumnMemory(byteCount: count * MemoryLayout<Slot>.stride, in: spill)
    unsafe start = memory.values(of: Slot.self)
  }

  /// The slot at a place, which wraps round at the end.
  @inline(__always)
  subscript(place: Int) -> Slot { unsafe start[place & (count &- 1)] }

  /// Takes a free slot for a text.
  mutating func take(_ place: Int, for number: Int, _ hash: TextHash) {
    if !isKnownUniquelyReferenced(&memory) { copy() }
    unsafe start[place & (count &- 1)] = Slot(number: UInt32(number + 1), tag: hash.tag)
  }

  /// Takes the first free slot for a text that has no slot yet.
  mutating func take(for number: Int, _ hash: TextHash) {
    var place = hash.home
    while self[place].number > 0 { place &+= 1 }
    take(place, for: number, hash)
  }

  private mutating func copy() {
    let byteCount = count * MemoryLayout<Slot>.stride
    let new = ColumnMemory(byteCount: byteCount, in: spill)
    unsafe new.values(of: Slot.self).update(from: start, count: count)
    memory = new
    unsafe start = new.values(of: Slot.self)
  }
}
