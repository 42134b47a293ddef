/// A fixed number of bits, all clear at first.
struct BitArray {
  private var words: [UInt64]

  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// Whether a bit is set.
  @inline(__always)
  func contains(_ place: Int) -> Bool { words[place >> 6] & (1 &<< UInt64(place & 63)) != 0 }

  /// Sets a bit; false where it was set already.
  @inline(__always)
  mutating func insert(_ place: Int) -> Bool {
    let bit: UInt64 = 1 &<< UInt64(place & 63)
    let word = words[place >> 6]
    words[place >> 6] = word | bit
    return word & bit == 0
  }
}
