/// Where a `StringPool` looks for a text, and what it compares before comparing the text itself.
struct TextHash {
  private let bits: UInt64
  private let last: UInt8

  @inline(__always)
  init(_ bytes: Span<UInt8>) {
    // Measured as hot: one call for each cell. Sound because no offset goes past the buffer's
    // count.
    (bits, last) = unsafe bytes.withUnsafeBytes { bytes in
      let count = bytes.count
      guard count > 0 else { return (0, 0) }
      let last = unsafe bytes[count &- 1]
      let head: UInt64
      switch count {
      case 9...: unsafe head = TextHash.hash(bytes)
      case 5...8:
        let first = unsafe UInt64(bytes.loadUnaligned(as: UInt32.self))
        let second = unsafe bytes.loadUnaligned(fromByteOffset: count &- 5, as: UInt32.self)
        head = TextHash.fold(first | UInt64(second) &<< 32, UInt64(count))
      default:
        let second = unsafe UInt64(bytes[count / 3]) &<< 8
        let middle = unsafe UInt64(bytes[count / 2]) &<< 16
        head = TextHash.fold(unsafe UInt64(bytes[0]) | second | middle, UInt64(count))
      }
      return (head, last)
    }
  }

  /// The text's place in a table, before it is reduced to the table's size.
  ///
  /// Texts that differ only in the last byte, as sequential numbers do, are adjacent. This avoids
  /// most cache misses.
  @inline(__always)
  var home: Int { Int(truncatingIfNeeded: bits &+ UInt64(last)) }

  /// Differs for nearly all texts that are close together in the table.
  @inline(__always)
  var tag: UInt32 { UInt32(truncatingIfNeeded: bits &>> 32) ^ (UInt32(last) &* 0x9E37_79B1) }

  /// Hashes a text of nine bytes or more without its last byte, eight bytes at a time.
  ///
  /// The last two words overlap if there are fewer than sixteen bytes.
  private static func hash(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    let count = bytes.count &- 1
    var hash = UInt64(truncatingIfNeeded: count)
    var index = 0
    while index &+ 16 <= count {
      hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    return fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
  }

  /// Multiplies to 128 bits and folds them (the step of wyhash).
  @inline(__always)
  private static func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let product = (hash ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
      by: word ^ 0xE703_7ED1_A0B4_28DB)
    return product.high ^ product.low
  }
}
