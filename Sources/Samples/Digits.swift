/// Numbers written as bytes, without a text in between.
enum Digits {
  /// A number from 0 to 99 in two digits.
  static func writeTwo(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  /// A number as it is said, without anything before its first digit.
  static func write(_ number: Int, to bytes: inout [UInt8]) {
    if number < 0 { bytes.append(UInt8(ascii: "-")) }
    var left = number.magnitude
    // From the last digit to the first, in place, then turned round.
    let start = bytes.count
    repeat {
      let (quotient, digit) = left.quotientAndRemainder(dividingBy: 10)
      bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
      left = quotient
    } while left > 0
    bytes[start...].reverse()
  }
}
