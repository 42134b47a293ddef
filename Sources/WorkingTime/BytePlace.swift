/// The bytes that may stand at one place of a text: a set of them, as bits.
struct BytePlace: Hashable, ExpressibleByArrayLiteral {
  private var bits = SIMD4<UInt64>.zero

  init(arrayLiteral bytes: UInt8...) { self.init(bytes) }

  init(_ bytes: some Sequence<UInt8>) {
    for byte in bytes { bits[Int(byte >> 6)] |= 1 << UInt64(byte & 63) }
  }

  /// Whether no byte is in both.
  func isDisjoint(with other: BytePlace) -> Bool { bits & other.bits == .zero }
}
