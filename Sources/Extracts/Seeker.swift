/// Finds one byte from place to place, searching no byte twice.
struct Seeker {
  let byte: UInt8
  /// The last answer: a place before `searchedTo`, or `searchedTo` itself where there was none.
  private var found = -1
  private var searchedTo = 0
  /// There is none between here and the answer.
  private var searchedFrom = 0

  init(byte: UInt8) { self.byte = byte }

  /// The offset of the first such byte at or after `start`; the end of the bytes where there is
  /// none yet.
  ///
  /// `start` never goes back, but after `goBack`.
  @inline(__always)
  mutating func place(from start: Int, in bytes: [UInt8], _ base: Int) -> Int {
    if found >= start, found < searchedTo { return found }
    var from = start
    if found == searchedTo, start < searchedTo {
      from = searchedTo
    } else {
      searchedFrom = start
    }
    found = base + bytes.span.firstIndex(of: byte, from: from - base)
    searchedTo = base + bytes.count
    return found
  }

  /// Takes places from `start` on to be asked for again.
  mutating func goBack(to start: Int) {
    if start >= searchedFrom { return }
    found = -1
    searchedTo = 0
    searchedFrom = 0
  }
}
