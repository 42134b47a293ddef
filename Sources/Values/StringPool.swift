/// The distinct texts of a run, each with a number, so that columns hold numbers and equal texts compare as such.
///
/// A hash table with open addressing, looked up by bytes: a text that is known already costs no `String`.
public struct StringPool: Sendable {
  private var texts: [Text] = []
  /// For each text, its hash: most comparisons end here.
  private var hashes: [UInt32] = []
  /// Numbers of texts by hash, −1 where free; the count is a power of two, at most half of them taken.
  private var slots: [Int32] = Array(repeating: -1, count: 64)

  /// An empty pool.
  public init() {}

  /// How many distinct texts it holds.
  public var count: Int { texts.count }

  /// The number of a text, given one if it is new.
  public mutating func number(of text: Text) -> Int32 {
    let bytes = text.string.utf8Span.span
    let hash = hashOfBytes(bytes)
    let slot = slot(of: bytes, hash)
    return slots[slot] >= 0 ? slots[slot] : add(text, hash, at: slot)
  }

  /// The number of the text with these bytes of UTF-8, given one if it is new; wrong bytes become U+FFFD.
  public mutating func number(ofBytes bytes: Span<UInt8>) -> Int32 {
    let hash = hashOfBytes(bytes)
    let slot = slot(of: bytes, hash)
    if slots[slot] >= 0 { return slots[slot] }
    guard let valid = try? UTF8Span(validating: bytes) else {
      let repaired = unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe String(decoding: bytes, as: UTF8.self)
      }
      return number(of: Text(repaired))
    }
    return add(Text(String(copying: valid)), hash, at: slot)
  }

  /// The number of a text, or nil if the pool does not hold it.
  public func existingNumber(of text: Text) -> Int32? {
    existingNumber(ofBytes: text.string.utf8Span.span)
  }

  /// The number of the text with these bytes of UTF-8, or nil if the pool does not hold it.
  public func existingNumber(ofBytes bytes: Span<UInt8>) -> Int32? {
    let number = slots[slot(of: bytes, hashOfBytes(bytes))]
    return number < 0 ? nil : number
  }

  /// The text with a number that this pool gave.
  public subscript(number: Int32) -> Text { texts[Int(number)] }

  /// The slot that holds the text, or the free one where it would stand.
  private func slot(of bytes: Span<UInt8>, _ hash: UInt64) -> Int {
    let mask = slots.count &- 1
    let short = UInt32(truncatingIfNeeded: hash &>> 32)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while true {
      let number = slots[slot]
      if number < 0 { return slot }
      if hashes[Int(number)] == short, texts[Int(number)].holds(bytes) { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  private mutating func add(_ text: Text, _ hash: UInt64, at slot: Int) -> Int32 {
    let number = Int32(texts.count)
    texts.append(text)
    hashes.append(UInt32(truncatingIfNeeded: hash &>> 32))
    slots[slot] = number
    if texts.count * 2 > slots.count { grow() }
    return number
  }

  private mutating func grow() {
    slots = Array(repeating: -1, count: slots.count * 4)
    let mask = slots.count - 1
    for (number, text) in texts.enumerated() {
      var slot = Int(truncatingIfNeeded: hashOfBytes(text.string.utf8Span.span)) & mask
      while slots[slot] >= 0 { slot = (slot + 1) & mask }
      slots[slot] = Int32(number)
    }
  }
}

/// Multiplies and folds eight bytes at a time; every bit of the text reaches every bit of the hash.
private func hashOfBytes(_ bytes: Span<UInt8>) -> UInt64 {
  // Measured hot: one call a cell. Sound because every offset is compared with the buffer's own count.
  unsafe bytes.withUnsafeBytes { bytes in
    var hash = UInt64(truncatingIfNeeded: bytes.count) &* 0x9E37_79B9_7F4A_7C15
    var index = 0
    while index &+ 8 <= bytes.count {
      hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      index &+= 8
    }
    var rest: UInt64 = 0
    while index < bytes.count {
      rest = rest &<< 8 | UInt64(unsafe bytes[index])
      index &+= 1
    }
    return fold(hash, rest)
  }
}

private func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  let product = (hash ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
    by: 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}

extension Text {
  /// Whether these are the text's bytes.
  fileprivate func holds(_ bytes: Span<UInt8>) -> Bool {
    let own = string.utf8Span.span
    guard own.count == bytes.count else { return false }
    for index in own.indices where own[index] != bytes[index] { return false }
    return true
  }
}
