/// What a `StringPool` compares first: the bytes of a short text themselves, a hash of a long one.
struct TextKey: Hashable {
  /// Up to eight bytes, the first of them lowest; of a longer text a hash of all but the last byte,
  /// and the last added.
  let word: UInt64
  /// How many bytes; 255 also for more.
  let count: UInt8

  init(word: UInt64, count: UInt8) {
    self.word = word
    self.count = count
  }

  @inline(__always)
  init(_ bytes: Span<UInt8>) {
    count = UInt8(min(bytes.count, 255))
    // Measured hot: one call a cell. Sound because no offset goes past the buffer's own count.
    word = unsafe bytes.withUnsafeBytes { bytes in
      let count = bytes.count
      switch count {
      case 8: return unsafe bytes.loadUnaligned(as: UInt64.self)
      case 4..<8:
        let first = unsafe UInt64(bytes.loadUnaligned(as: UInt32.self))
        let last = unsafe bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
        return first | UInt64(last) &<< UInt64(8 &* (count &- 4))
      case 1..<4:
        let middle = unsafe UInt64(bytes[count / 2]) &<< UInt64(8 &* (count / 2))
        let last = unsafe UInt64(bytes[count &- 1]) &<< UInt64(8 &* (count &- 1))
        return unsafe UInt64(bytes[0]) | middle | last
      case 0: return 0
      default: return unsafe TextKey.hash(bytes)
      }
    }
  }

  /// Whether the word is the whole text.
  @inline(__always)
  var isWhole: Bool { count <= 8 }

  /// Where in a table the text stands, before it is cut to the table's size.
  ///
  /// Texts that differ in the last byte alone, as the numbers of a list do, lie side by side, which
  /// saves most of the cache misses.
  @inline(__always)
  var home: Int {
    guard isWhole, count > 0 else { return Int(truncatingIfNeeded: word) }
    let shift = UInt64(8 &* (count &- 1))
    let last = word &>> shift
    let hash = TextKey.fold(word ^ (last &<< shift), UInt64(count))
    return Int(truncatingIfNeeded: hash &+ last)
  }

  /// Eight bytes at a time, the last two words overlapping where there are fewer than sixteen.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count &- 1
    var hash = UInt64(truncatingIfNeeded: count)
    var index = 0
    while index &+ 16 <= count {
      hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    return hash &+ UInt64(unsafe bytes[count])
  }

  /// Multiplies to 128 bits and folds them (the step of wyhash).
  @inline(__always)
  private static func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: word ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}
