/// How whole numbers and numbers of a field are written.
///
/// They are XML Schema's decimals and exponents, as in Table Schema, without NaN and INF.
struct NumberText: Sendable {
  /// What separates groups of three digits; empty for nothing.
  private let group: [UInt8]
  private let decimal: [UInt8]

  init(groupChar: String?, decimalChar: String) {
    group = Array((groupChar ?? "").utf8)
    decimal = Array(decimalChar.utf8)
  }

  /// The digits before the decimals, up to the first byte that is not one.
  private struct Digits {
    var value: UInt64 = 0
    var count = 0
    var overflowed = false
    /// No sign but `-`, no groups, no leading zeros.
    var isPlain = true
    var end = 0

    mutating func add(_ digit: UInt8) {
      let (product, tooBig) = value.multipliedReportingOverflow(by: 10)
      let (sum, tooMuch) = product.addingReportingOverflow(UInt64(digit))
      overflowed = overflowed || tooBig || tooMuch
      value = sum
      count += 1
    }
  }

  /// A whole number, and whether the text is the one that `String` writes.
  ///
  /// Nil where it is no 64-bit number. The least 64-bit number stands for absent in a column and is
  /// not read.
  func integer(_ cell: Span<UInt8>) -> (value: Int64, isCanonical: Bool)? {
    let isNegative = cell.count > 0 && cell[0] == UInt8(ascii: "-")
    guard let digits = digits(cell, from: signLength(cell)), digits.end == cell.count,
      digits.count > 0, !digits.overflowed, let magnitude = Int64(exactly: digits.value)
    else { return nil }
    return (
      isNegative ? -magnitude : magnitude,
      digits.isPlain && !(isNegative && magnitude == 0) && cell[0] != UInt8(ascii: "+")
    )
  }

  /// A number; `decimals` is how many decimals it has, if it is written plainly.
  func number(_ cell: Span<UInt8>) -> (value: Double, decimals: Int?)? {
    let sign = signLength(cell)
    guard var digits = digits(cell, from: sign) else { return nil }
    let whole = digits.count
    var index = digits.end
    if starts(cell, at: index, with: decimal) {
      index += decimal.count
      while index < cell.count, cell[index] &- 48 < 10 {
        digits.add(cell[index] &- 48)
        index += 1
      }
    }
    guard digits.count > 0 else { return nil }
    let decimals = digits.count - whole
    var exponent = 0
    var isPlain = digits.isPlain && whole > 0 && cell[0] != UInt8(ascii: "+")
    if index < cell.count {
      guard let power = self.exponent(cell, from: index) else { return nil }
      exponent = power
      isPlain = false
    }
    let isNegative = cell[0] == UInt8(ascii: "-")
    guard
      let value = value(digits, scale: exponent - decimals) ?? slowValue(cell), value.isFinite
    else { return nil }
    isPlain = isPlain && digits.count <= 15 && !(isNegative && value == 0)
    // A decimal sign without decimals, as in `5.`, is not plain, either.
    isPlain = isPlain && digits.end + (decimals > 0 ? decimal.count + decimals : 0) == cell.count
    return (isNegative ? -value : value, isPlain && decimal == [0x2E] ? decimals : nil)
  }

  private func signLength(_ cell: Span<UInt8>) -> Int {
    cell.count > 0 && (cell[0] == UInt8(ascii: "-") || cell[0] == UInt8(ascii: "+")) ? 1 : 0
  }

  /// The digits from a place, in groups of three if the first group is separated.
  ///
  /// Nil for wrong groups.
  private func digits(_ cell: Span<UInt8>, from start: Int) -> Digits? {
    var digits = Digits()
    var index = start
    var groupStart = start
    var groups = 0
    while index < cell.count {
      let digit = cell[index] &- 48
      if digit < 10 {
        digits.add(digit)
        index += 1
        continue
      }
      guard starts(cell, at: index, with: group) else { break }
      let size = index - groupStart
      // `0,125` has no thousands: if its comma is meant to begin decimals, 125 would be wrong.
      guard groups == 0 ? 1...3 ~= size && cell[groupStart] != 48 : size == 3 else { return nil }
      groups += 1
      index += group.count
      groupStart = index
    }
    if groups > 0, index - groupStart != 3 { return nil }
    digits.end = index
    digits.isPlain = groups == 0 && !(digits.count > 1 && cell[start] == 48)
    return digits
  }

  private func starts(_ cell: Span<UInt8>, at index: Int, with bytes: [UInt8]) -> Bool {
    guard !bytes.isEmpty, index + bytes.count <= cell.count else { return false }
    for offset in bytes.indices where cell[index + offset] != bytes[offset] { return false }
    return true
  }

  /// Reads `e` or `E`, a sign and digits up to the end of the cell.
  private func exponent(_ cell: Span<UInt8>, from start: Int) -> Int? {
    guard cell[start] | 0x20 == UInt8(ascii: "e") else { return nil }
    var index = start + 1
    guard index < cell.count else { return nil }
    let isNegative = cell[index] == UInt8(ascii: "-")
    if isNegative || cell[index] == UInt8(ascii: "+") { index += 1 }
    guard index < cell.count else { return nil }
    var value = 0
    while index < cell.count {
      let digit = cell[index] &- 48
      guard digit < 10 else { return nil }
      value = min(value * 10 + Int(digit), 100_000)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// Exact where the digits and the power of ten are both exact doubles (Clinger 1990); nil
  /// elsewhere.
  private func value(_ digits: Digits, scale: Int) -> Double? {
    guard !digits.overflowed, digits.value <= 1 << 53, -22...22 ~= scale else { return nil }
    let value = Double(digits.value)
    return scale < 0 ? value / Self.powers[-scale] : value * Self.powers[scale]
  }

  static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Reads a text known to be well formed with the standard library, without its sign.
  private func slowValue(_ cell: Span<UInt8>) -> Double? {
    var text = ""
    var index = signLength(cell)
    while index < cell.count {
      if starts(cell, at: index, with: decimal) {
        text += "."
        index += decimal.count
      } else if starts(cell, at: index, with: group) {
        index += group.count
      } else {
        text.unicodeScalars.append(Unicode.Scalar(cell[index]))
        index += 1
      }
    }
    return Double(text.hasPrefix(".") ? "0" + text : text.hasSuffix(".") ? text + "0" : text)
  }
}
