/// Writes numbers as bytes without making a `String` first.
enum Digits {
  /// A number from 0 to 99 in two digits.
  static func writeTwo(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// Writes a number without leading zeros.
  static func write(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    // Division yields the last digit first, so the digits are filled in from the end.
    var digits = InlineArray<20, UInt8>(repeating: UInt8(ascii: "0"))
    var left = number.magnitude
    var first = 20
    repeat {
      first -= 1
      let (quotient, digit) = left.quotientAndRemainder(dividingBy: 10)
      digits[first] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit)
      left = quotient
    } while left > 0
    for index in first..<20 { bytes.append(digits[index]) }
  }
}
