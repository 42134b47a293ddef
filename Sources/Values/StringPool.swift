/// The distinct texts of a run, each with a number, so that columns hold numbers and equal texts
/// compare as such.
///
/// A hash table with open addressing, looked up by bytes: a text that is known already costs no
/// `String`, and one of at most eight bytes not even a look at the texts.
public struct StringPool: Sendable {
  private var texts: [Text] = []
  /// One place a text, at the place that its key gives or after it.
  ///
  /// The count is a power of two, at most three fifths of them taken.
  private var slots: [Slot] = Array(repeating: Slot(), count: 64)

  private struct Slot {
    var key = TextKey(word: 0, count: 0)
    /// The text's number plus one; 0 where the slot is free.
    var number: UInt32 = 0
  }

  /// An empty pool.
  public init() {}

  /// How many distinct texts it holds.
  public var count: Int { texts.count }

  /// The number of a text, given one if it is new.
  public mutating func number(of text: Text) -> Int32 {
    let bytes = text.string.utf8Span.span
    let key = TextKey(bytes)
    let slot = slot(of: bytes, key)
    return slots[slot].number > 0 ? number(in: slot) : add(text, key, at: slot)
  }

  /// The number of the text with these bytes of UTF-8, given one if it is new; wrong bytes become
  /// U+FFFD.
  public mutating func number(ofBytes bytes: Span<UInt8>) -> Int32 {
    let key = TextKey(bytes)
    let slot = slot(of: bytes, key)
    if slots[slot].number > 0 { return number(in: slot) }
    guard let valid = try? UTF8Span(validating: bytes) else {
      let repaired = unsafe bytes.withUnsafeBufferPointer { bytes in
        unsafe String(decoding: bytes, as: UTF8.self)
      }
      return number(of: Text(repaired))
    }
    return add(Text(String(copying: valid)), key, at: slot)
  }

  /// The number of a text, or nil if the pool does not hold it.
  public func existingNumber(of text: Text) -> Int32? {
    existingNumber(ofBytes: text.string.utf8Span.span)
  }

  /// The number of the text with these bytes of UTF-8, or nil if the pool does not hold it.
  public func existingNumber(ofBytes bytes: Span<UInt8>) -> Int32? {
    let slot = slot(of: bytes, TextKey(bytes))
    return slots[slot].number > 0 ? number(in: slot) : nil
  }

  /// The text with a number that this pool gave.
  public subscript(number: Int32) -> Text { texts[Int(number)] }

  /// Takes over some texts of another pool, in their order; adds the number that each has here to a list.
  ///
  /// Where all of a pool's texts are taken over, one after the other, their numbers there are places in the list.
  public mutating func take(
    _ texts: Range<Int>, of other: borrowing StringPool, numbers: inout [Int32]
  ) {
    for text in other.texts[texts] { numbers.append(number(of: text)) }
  }

  private func number(in slot: Int) -> Int32 {
    Int32(truncatingIfNeeded: slots[slot].number) &- 1
  }

  /// The slot that holds the text, or the free one where it would stand.
  @inline(__always)
  private func slot(of bytes: Span<UInt8>, _ key: TextKey) -> Int {
    let mask = slots.count &- 1
    var slot = key.home & mask
    while true {
      let entry = slots[slot]
      if entry.number == 0 { return slot }
      if entry.key == key, key.isWhole || texts[Int(entry.number &- 1)].holds(bytes) { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  private mutating func add(_ text: Text, _ key: TextKey, at slot: Int) -> Int32 {
    texts.append(text)
    let number = texts.count
    slots[slot] = Slot(key: key, number: UInt32(number))
    if number * 5 > slots.count * 3 { grow() }
    return Int32(number - 1)
  }

  private mutating func grow() {
    var grown = Array(repeating: Slot(), count: slots.count * 2)
    let mask = grown.count - 1
    for entry in slots where entry.number > 0 {
      var slot = entry.key.home & mask
      while grown[slot].number > 0 { slot = (slot + 1) & mask }
      grown[slot] = entry
    }
    slots = grown
  }
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
