/// A position in the bytes of one cell, with readers for the few things that dates are made of.
///
/// After a failed read the position means nothing; the caller gives up or goes back.
///
/// Safe because only `peek` touches the bytes, within their count, and because no scanner outlives
/// the call of `DateFormat.read` that lent it the bytes.
@safe
struct DateScanner {
  private let bytes: UnsafeBufferPointer<UInt8>
  var position = 0
  /// Whether the last number, month name or AM/PM marker was missing.
  private(set) var failed = false

  /// Scans bytes that must outlive the scanner.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    unsafe self.bytes = unsafe bytes
  }

  private var count: Int { unsafe bytes.count }

  var isAtEnd: Bool { position == count }

  /// The byte at a distance from the position; past the end 0, which no date contains.
  @inline(__always)
  func peek(_ distance: Int = 0) -> UInt8 {
    let index = position + distance
    // In bounds by the comparison: positions only grow from 0, and by bytes that were there.
    return index < count ? unsafe bytes[index] : 0
  }

  /// Skips the byte if it is the next one.
  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard position < count, peek() == byte else { return false }
    position += 1
    return true
  }

  /// A number with exactly this many digits, or -1.
  @inline(__always)
  mutating func digits(_ count: Int) -> Int {
    var value = 0
    for distance in 0..<count {
      let digit = peek(distance) &- 48
      guard digit < 10 else {
        failed = true
        return -1
      }
      value = value * 10 + Int(digit)
    }
    failed = false
    position += count
    return value
  }

  /// A number of one or two digits (two where `fixed`) within the bounds, or -1.
  @inline(__always)
  mutating func number(_ bounds: ClosedRange<Int>, fixed: Bool) -> Int {
    let value = digits(fixed || peek(1) &- 48 < 10 ? 2 : 1)
    if bounds.contains(value) { return value }
    failed = true
    return -1
  }

  /// 0 for AM and 12 for PM in any case, or -1.
  mutating func half() -> Int {
    let letter = peek() | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p"),
      peek(1) | 0x20 == UInt8(ascii: "m")
    else {
      failed = true
      return -1
    }
    failed = false
    position += 2
    return letter == UInt8(ascii: "a") ? 0 : 12
  }

  /// The number of the month whose English name comes next, in any case, or -1.
  mutating func monthName(short: Bool) -> Int {
    for (index, name) in MonthNames.all.enumerated() {
      let length = short ? 3 : name.utf8CodeUnitCount
      if follows(name, length) {
        failed = false
        position += length
        return index + 1
      }
    }
    failed = true
    return -1
  }

  private func follows(_ name: StaticString, _ length: Int) -> Bool {
    for distance in 0..<length
    // In bounds: `length` is at most the name's. Names are lower case, so 0x20 folds the case of
    // the text.
    where unsafe peek(distance) | 0x20 != name.utf8Start[distance] | 0x20 {
      return false
    }
    return true
  }
}

/// The months in English.
enum MonthNames {
  /// January to December; `StaticString`, so that comparing with them allocates nothing.
  static let all: [StaticString] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// The name of a month, 1 to 12.
  static func name(_ month: Int) -> String {
    all.indices.contains(month - 1) ? all[month - 1].description : ""
  }
}
