// Takes no memory itself, but writes into `ColumnMemory`. What makes it sound: every slot is asked
// for within the count, and written only by the one who alone holds the memory.

/// The hash table of a `StringPool`: a slot for each text, at the place that its hash gives or
/// after it.
///
/// In memory that a file can lend. A copy shares the table until one of them is changed.
@safe
struct TextSlots: @unchecked Sendable {
  // Unchecked for the pointer, which is into `memory`.

  struct Slot: BitwiseCopyable {
    /// The text's number plus one; 0 where the slot is free.
    var number: UInt32
    /// Of the text's hash.
    var tag: UInt32
  }

  private var memory: ColumnMemory
  private var start: UnsafeMutablePointer<Slot>
  /// A power of two.
  let count: Int
  private let spill: ColumnSpill?

  /// So many free slots: a power of two.
  init(count: Int, in spill: ColumnSpill?) {
    self.count = count
    self.spill = spill
    memory = ColumnMemory(byteCount: count * MemoryLayout<Slot>.stride, in: spill)
    unsafe start = memory.values(of: Slot.self)
  }

  /// What stands at a place, counted around.
  @inline(__always)
  subscript(place: Int) -> Slot { unsafe start[place & (count &- 1)] }

  /// Takes a free slot for a text.
  mutating func take(_ place: Int, for number: Int, _ hash: TextHash) {
    if !isKnownUniquelyReferenced(&memory) { copy() }
    unsafe start[place & (count &- 1)] = Slot(number: UInt32(number + 1), tag: hash.tag)
  }

  /// Takes the first slot that is free for a text which no other slot has.
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
