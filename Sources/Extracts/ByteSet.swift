import Values

/// A set of texts in which cells are looked up by their bytes.
struct ByteSet: Sendable {
  private var pool = StringPool()
  /// Bit n: some text has n bytes; bit 63: some text has 63 or more.
  ///
  /// This alone rules most cells out.
  private(set) var lengths: UInt64 = 0

  init(_ texts: some Sequence<Text>) {
    for text in texts {
      _ = pool.number(of: text)
      lengths |= 1 << UInt64(min(text.string.utf8.count, 63))
    }
  }

  /// Whether some text may have this many bytes.
  func mayHold(length: Int) -> Bool { lengths & (1 << UInt64(min(length, 63))) != 0 }

  /// The most bytes that a text may have; −1 for the empty set.
  var longest: Int { lengths >> 63 != 0 ? .max : 63 - lengths.leadingZeroBitCount }

  @inline(__always)
  func contains(_ cell: Span<UInt8>) -> Bool {
    guard lengths & (1 &<< UInt64(truncatingIfNeeded: min(cell.count, 63))) != 0 else {
      return false
    }
    return cell.count == 0 || pool.existingNumber(ofBytes: cell) != nil
  }
}
