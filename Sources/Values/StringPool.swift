/// The distinct texts of a run, numbered so that columns hold numbers and compare by them.
///
/// A hash table with open addressing, at most three fifths full, looked up by bytes: a known text
/// costs no `String`. All of it is in memory that files can lend.
public struct StringPool: Sendable {
  private var texts: PooledTexts
  private var slots: TextSlots
  /// The text last looked up, which is usually the same child as in the row before.
  private var last = -1
  private let spill: ColumnSpill?

  /// An empty pool.
  public init(in spill: ColumnSpill? = nil) {
    self.spill = spill
    texts = PooledTexts(in: spill)
    slots = TextSlots(count: 64, in: spill)
  }

  /// How many distinct texts it holds.
  public var count: Int { texts.count }

  /// Takes the texts out, and leaves the pool empty.
  public mutating func takeTexts() -> PooledTexts {
    let taken = texts
    self = StringPool(in: spill)
    return taken
  }

  /// The number of a text, newly given if the text is new.
  public mutating func number(of text: Text) -> Int32 {
    let text = text.string.utf8Span
    return number(ofValid: text.span, isASCII: text.isKnownASCII)
  }

  /// The number of the text with these bytes of UTF-8, newly given if the text is new.
  ///
  /// Bytes that are not UTF-8 become U+FFFD.
  public mutating func number(ofBytes bytes: Span<UInt8>) -> Int32 {
    if last >= 0, texts.holds(bytes, as: last) { return Int32(truncatingIfNeeded: last) }
    let number = lookUp(bytes)
    last = Int(number)
    return number
  }

  private mutating func lookUp(_ bytes: Span<UInt8>) -> Int32 {
    let hash = TextHash(bytes)
    let slot = slot(of: bytes, hash)
    if slots[slot].number > 0 { return number(in: slot) }
    guard let valid = try? UTF8Span(validating: bytes) else {
      let repaired = unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe String(decoding: bytes, as: UTF8.self)
      }
      return number(of: Text(repaired))
    }
    return add(bytes, isASCII: valid.isKnownASCII, hash, at: slot)
  }

  private mutating func number(ofValid bytes: Span<UInt8>, isASCII: Bool) -> Int32 {
    let hash = TextHash(bytes)
    let slot = slot(of: bytes, hash)
    return slots[slot].number > 0
      ? number(in: slot) : add(bytes, isASCII: isASCII, hash, at: slot)
  }

  /// The number of a text, or nil if the pool does not hold it.
  public func existingNumber(of text: Text) -> Int32? {
    existingNumber(ofBytes: text.string.utf8Span.span)
  }

  /// The number of the text with these bytes of UTF-8, or nil if the pool does not hold it.
  public func existingNumber(ofBytes bytes: Span<UInt8>) -> Int32? {
    let slot = slot(of: bytes, TextHash(bytes))
    return slots[slot].number > 0 ? number(in: slot) : nil
  }

  /// The text with a number that this pool gave.
  public subscript(number: Int32) -> Text {
    let isASCII = texts.isASCII(Int(number))
    return texts.withBytes(of: Int(number)) { bytes in
      // Sound because only valid UTF-8 is added.
      let text = unsafe UTF8Span(unchecked: bytes, isKnownASCII: isASCII)
      return Text(String(copying: text))
    }
  }

  /// Lends the bytes of the text with a number that this pool gave, without making a `String`.
  @inline(__always)
  public func withBytes<Result>(of number: Int32, _ look: (Span<UInt8>) -> Result) -> Result {
    texts.withBytes(of: Int(number), look)
  }

  /// Lends the bytes of all texts, in the order of their numbers.
  public func forEach(_ look: (Int32, Span<UInt8>) -> Void) {
    for number in 0..<texts.count {
      texts.withBytes(of: number) { look(Int32(number), $0) }
    }
  }

  /// Makes room for more texts, so that the table need not grow repeatedly.
  public mutating func reserve(_ more: Int) {
    var wanted = slots.count
    while (texts.count + more) * 5 > wanted * 3 { wanted *= 2 }
    if wanted > slots.count { grow(to: wanted) }
  }

  /// Takes over some texts of another pool, in order, and appends their numbers here to a list.
  ///
  /// If all texts of a pool are taken over, in order, their numbers there are indices of the list.
  public mutating func take(
    _ numbersThere: Range<Int>, of other: borrowing PooledTexts,
    numbers: inout GrowingValues<Int32>
  ) {
    for there in numbersThere {
      let isASCII = other.isASCII(there)
      let here = other.withBytes(of: there) { number(ofValid: $0, isASCII: isASCII) }
      numbers.append(here)
    }
  }

  private func number(in slot: Int) -> Int32 {
    Int32(truncatingIfNeeded: slots[slot].number) &- 1
  }

  /// The slot that holds the text, or the free slot where it belongs.
  @inline(__always)
  private func slot(of bytes: Span<UInt8>, _ hash: TextHash) -> Int {
    let tag = hash.tag
    var slot = hash.home
    while true {
      let entry = slots[slot]
      if entry.number == 0 { return slot }
      if entry.tag == tag, texts.holds(bytes, as: Int(entry.number &- 1)) { return slot }
      slot &+= 1
    }
  }

  private mutating func add(
    _ bytes: Span<UInt8>, isASCII: Bool, _ hash: TextHash, at slot: Int
  ) -> Int32 {
    let number = texts.count
    texts.append(bytes, isASCII: isASCII)
    slots.take(slot, for: number, hash)
    if texts.count * 5 > slots.count * 3 { grow(to: slots.count * 2) }
    return Int32(number)
  }

  /// Makes a larger table; the size is a power of two.
  ///
  /// Texts are read again in their order, since slots do not hold enough to be moved.
  private mutating func grow(to count: Int) {
    slots = TextSlots(count: count, in: spill)
    for number in 0..<texts.count {
      slots.take(for: number, texts.withBytes(of: number) { TextHash($0) })
    }
  }
}
