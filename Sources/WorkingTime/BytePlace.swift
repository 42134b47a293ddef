/// The set of bytes that may occur at one place of a text, as bits.
struct BytePlace: Hashable, ExpressibleByArrayLiteral {
  private var bits = SIMD4<UInt64>.zero

  init(arrayLiteral bytes: UInt8...) { self.init(bytes) }

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  /// Whether the two sets have no byte in common.
  func isDisjoint(with other: BytePlace) -> Bool { bits & other.bits == .zero }
}
