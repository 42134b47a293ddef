/// Finds one byte from place to place, and searches no byte twice.
struct Seeker {
  let byte: UInt8
  /// The last answer: a place before `searchedTo`, or `searchedTo` itself where there was none.
  private var found = -1
  private var searchedTo = 0
  /// There is none from here up to the answer.
  private var searchedFrom = 0

  init(byte: UInt8) { self.byte = byte }

  /// The offset of the first such byte from `start`; the end of the bytes where there is none yet.
  ///
  /// `start` never goes back, except after `goBack`.
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

  /// Allows places from `start` to be asked for again.
  mutating func goBack(to start: Int) {
    if start >= searchedFrom { return }
    found = -1
    searchedTo = 0
    searchedFrom = 0
  }
}
