/// Short cells that were read recently, each with a number.
///
/// Most columns repeat the same few values.
struct RecentCells {
  private struct Entry {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var count: Int32 = 0
    var answer: Int32 = 0
  }

  /// One place for each cell, by its bytes; a later cell replaces an earlier one.
  ///
  /// Empty until there is one.
  private var entries: [Entry] = []

  /// What was remembered for a cell; nil if nothing was, or the cell has no key.
  @inline(__always)
  func answer(for key: CellKey) -> Int32? {
    let place = place(of: key)
    guard place < entries.count else { return nil }
    let entry = entries[place]
    return entry.low == key.low && entry.high == key.high && Int(entry.count) == key.count
      && key.count > 0 ? entry.answer : nil
  }

  @inline(__always)
  mutating func remember(_ answer: Int32, for key: CellKey) {
    guard key.count > 0 else { return }
    if entries.isEmpty { entries = Array(repeating: Entry(), count: 256) }
    entries[place(of: key)] = Entry(
      low: key.low, high: key.high, count: Int32(truncatingIfNeeded: key.count), answer: answer)
  }

  @inline(__always)
  private func place(of key: CellKey) -> Int {
    let mixed = (key.low ^ (key.high &<< 7 | key.high &>> 57)) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed &>> 56)
  }
}
