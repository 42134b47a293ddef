/// Finds one byte from place to place, searching no byte twice.
struct Seeker {
  let byte: UInt8
  /// The last answer: a place before `searchedTo`, or `searchedTo` itself where there was none.
  private var found = -1
  private var searchedTo = 0

  init(byte: UInt8) { self.byte = byte }

  /// The offset of the first such byte at or after `start`; the end of the bytes where there is none yet.
  ///
  /// `start` never goes back, but after `forget`.
  @inline(__always)
  mutating func place(from start: Int, in bytes: [UInt8], _ base: Int) -> Int {
    if found >= start, found < searchedTo { return found }
    let from = found < searchedTo ? start : max(start, searchedTo)
    found = base + bytes.span.firstIndex(of: byte, from: from - base)
    searchedTo = base + bytes.count
    return found
  }

  mutating func forget() {
    found = -1
    searchedTo = 0
  }
}
