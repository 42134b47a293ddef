/// The distinct texts of a run, each with a number, so that columns hold numbers and equal texts compare as such.
///
/// A hash table with open addressing, looked up by bytes: a text that is known already costs no `String`.
public struct StringPool: Sendable {
  private var texts: [Text] = []
  /// Half of each text's hash and its number plus one, at the place that its hash gives or after
  /// it; 0 where free.
  ///
  /// The count is a power of two, at most three fifths of them taken.
  private var slots: [UInt64] = Array(repeating: 0, count: 64)

  /// An empty pool.
  public init() {}

  /// How many distinct texts it holds.
  public var count: Int { texts.count }

  /// The number of a text, given one if it is new.
  public mutating func number(of text: Text) -> Int32 {
    let bytes = text.string.utf8Span.span
    let hash = shortHash(bytes)
    let slot = slot(of: bytes, hash)
    return number(in: slot) ?? add(text, hash, at: slot)
  }

  /// The number of the text with these bytes of UTF-8, given one if it is new; wrong bytes become U+FFFD.
  public mutating func number(ofBytes bytes: Span<UInt8>) -> Int32 {
    let hash = shortHash(bytes)
    let slot = slot(of: bytes, hash)
    if let known = number(in: slot) { return known }
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
    number(in: slot(of: bytes, shortHash(bytes)))
  }

  /// The text with a number that this pool gave.
  public subscript(number: Int32) -> Text { texts[Int(number)] }

  private func number(in slot: Int) -> Int32? {
    let entry = slots[slot]
    return entry == 0 ? nil : Int32(truncatingIfNeeded: entry) &- 1
  }

  /// The slot that holds the text, or the free one where it would stand.
  private func slot(of bytes: Span<UInt8>, _ hash: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while true {
      let entry = slots[slot]
      if entry == 0 { return slot }
      if UInt32(truncatingIfNeeded: entry &>> 32) == hash,
        texts[Int(UInt32(truncatingIfNeeded: entry) &- 1)].holds(bytes)
      {
        return slot
      }
      slot = (slot &+ 1) & mask
    }
  }

  private mutating func add(_ text: Text, _ hash: UInt32, at slot: Int) -> Int32 {
    texts.append(text)
    let number = texts.count
    slots[slot] = UInt64(hash) << 32 | UInt64(number)
    if number * 5 > slots.count * 3 { grow() }
    return Int32(number - 1)
  }

  private mutating func grow() {
    var grown = [UInt64](repeating: 0, count: slots.count * 2)
    let mask = grown.count - 1
    for entry in slots where entry != 0 {
      var slot = Int(entry >> 32) & mask
      while grown[slot] != 0 { slot = (slot + 1) & mask }
      grown[slot] = entry
    }
    slots = grown
  }
}

/// Multiplies and folds, and adds the last byte: texts that differ in it alone, as the numbers of a list do, lie
/// side by side, which saves most of the cache misses.
private func shortHash(_ bytes: Span<UInt8>) -> UInt32 {
  // Measured hot: one call a cell. Sound because every offset is compared with the buffer's own count.
  unsafe bytes.withUnsafeBytes { bytes in
    guard let last = unsafe bytes.last else { return 0 }
    let count = bytes.count &- 1
    var hash = UInt64(truncatingIfNeeded: count) &* 0x9E37_79B9_7F4A_7C15
    if count >= 8 {
      var index = 0
      while index &+ 16 <= count {
        hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
        index &+= 8
      }
      // The rest in two words that overlap where it is shorter than both.
      hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
      hash = fold(hash, unsafe bytes.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self))
    } else if count >= 4 {
      let first = unsafe bytes.loadUnaligned(as: UInt32.self)
      let second = unsafe bytes.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self)
      hash = fold(hash, UInt64(first) &<< 32 | UInt64(second))
    } else if count > 0 {
      let word = unsafe UInt64(bytes[0]) &<< 16 | UInt64(bytes[count / 2]) &<< 8
      hash = fold(hash, word | UInt64(unsafe bytes[count &- 1]))
    }
    return UInt32(truncatingIfNeeded: hash ^ hash &>> 32) &+ UInt32(last)
  }
}

@inline(__always)
private func fold(_ hash: UInt64, _ word: UInt64) -> UInt64 {
  let product = (hash ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(
    by: 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}

extension Text {
  /// Whether these are the text's bytes.
  @inline(__always)
  fileprivate func holds(_ bytes: Span<UInt8>) -> Bool {
    let own = string.utf8Span.span
    guard own.count == bytes.count else { return false }
    var index = 0
    while index < bytes.count {
      // In bounds: both have this count.
      if unsafe own[unchecked: index] != bytes[unchecked: index] { return false }
      index &+= 1
    }
    return true
  }
}
