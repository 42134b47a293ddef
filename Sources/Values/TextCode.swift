/// Identifiers of the usual forms, encoded as numbers.
///
/// The forms are up to three letters or signs (`-`, `/`, `_`, `.`) and then one to twelve digits,
/// such as `4001234` or `AS0001234`; and ten digits spaced like NHS numbers, `999 000 0000` (NHS
/// Data Dictionary, NHS NUMBER).
///
/// Two texts have the same code only if they are the same bytes, including leading zeros. A code
/// holds the whole text, so keys need no place in a `StringPool`, and keys given out in sequence
/// have adjacent codes. Bit 62 is set in every code and in no number of a pool. Below it are three
/// letters or signs of six bits, four bits for the number of digits, and forty for the number that
/// they make.
public enum TextCode {
  static let mark: Int64 = 1 << 62
  private static let numberBits: Int64 = 40
  private static let prefixBits: Int64 = 44
  private static let mostDigits = 12
  private static let mostSigns = 3
  /// The digit count that stands for ten digits spaced as three, three and four.
  private static let spaced: Int64 = 13
  private static let spacedCount = 12
  /// The letter or sign for each value of its six bits; the first stands for none.
  private static let signs = Array(
    "\0ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-/_.".utf8)

  /// Whether a number is a code rather than a number that a pool gave.
  @inline(__always)
  public static func isCode(_ number: Int64) -> Bool { number & mark != 0 && number > 0 }

  /// The code of a text in UTF-8; nil where it has another form.
  @inline(__always)
  public static func code(_ bytes: Span<UInt8>) -> Int64? {
    guard 1...(mostSigns + mostDigits) ~= bytes.count else { return nil }
    if bytes.count == spacedCount, bytes[3] == 32 { return spacedCode(bytes) }
    var place = 0
    var prefix: Int64 = 0
    while place < mostSigns, place < bytes.count {
      let sign = sign(bytes[place])
      if sign == 0 { break }
      prefix |= sign &<< Int64(12 &- 6 &* place)
      place &+= 1
    }
    let digits = bytes.count &- place
    guard 1...mostDigits ~= digits else { return nil }
    var number: Int64 = 0
    while place < bytes.count {
      let digit = bytes[place] &- 48
      guard digit < 10 else { return nil }
      number = number &* 10 &+ Int64(digit)
      place &+= 1
    }
    return mark | prefix &<< prefixBits | Int64(digits) &<< numberBits | number
  }

  private static func spacedCode(_ bytes: Span<UInt8>) -> Int64? {
    var number: Int64 = 0
    for place in 0..<spacedCount {
      let byte = bytes[place]
      if place == 3 || place == 7 {
        guard byte == 32 else { return nil }
        continue
      }
      guard byte &- 48 < 10 else { return nil }
      number = number &* 10 &+ Int64(byte &- 48)
    }
    return mark | spaced &<< numberBits | number
  }

  /// The code of a text that lies among others, whose bytes are read along; nil for other forms.
  ///
  /// It reads eight digits at a time; `code(_:)` gives the same, digit by digit.
  @inline(__always)
  public static func code(_ range: Range<Int>, of bytes: Span<UInt8>) -> Int64? {
    guard range.count <= mostSigns + 8, range.upperBound >= 8 else {
      return code(bytes.extracting(range))
    }
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "no such bytes")
    let word = unsafe bytes.withUnsafeBytes { bytes in
      unsafe bytes.loadUnaligned(fromByteOffset: range.upperBound &- 8, as: UInt64.self)
    }
    var place = range.lowerBound
    var prefix: Int64 = 0
    var shift: Int64 = 12
    while place < range.upperBound, shift >= 0 {
      let sign = sign(bytes[place])
      if sign == 0 { break }
      prefix |= sign &<< shift
      shift &-= 6
      place &+= 1
    }
    let digits = range.upperBound &- place
    guard 1...8 ~= digits else { return code(bytes.extracting(range)) }
    // Whatever comes before the digits becomes zeros.
    let before = UInt64(8 &* (8 &- digits))
    let kept = UInt64.max &<< (before & 63)
    let text = (word & kept) | (0x3030_3030_3030_3030 & ~kept)
    guard
      (text & 0xF0F0_F0F0_F0F0_F0F0) | ((text &+ 0x0606_0606_0606_0606) & 0xF0F0_F0F0_F0F0_F0F0)
        &>> 4
        == 0x3333_3333_3333_3333
    else { return nil }
    // Pairs, then fours, then all eight (Lemire and Muła, "Faster integer parsing").
    let ones = text & 0x0F0F_0F0F_0F0F_0F0F
    let pairs = (ones &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
    let number = (fours &* 42_949_672_960_001) &>> 32
    return mark | prefix &<< prefixBits | Int64(digits) &<< numberBits
      | Int64(truncatingIfNeeded: number)
  }

  /// The text that has a code.
  public static func text(_ code: Int64) -> Text {
    let (bytes, count) = bytes(of: code)
    // Sound because all of `signs` and of the digits are ASCII.
    let ascii = unsafe UTF8Span(unchecked: bytes.span.extracting(first: count))
    return Text(String(copying: ascii))
  }

  /// Appends the text of a code to bytes.
  public static func append(_ code: Int64, to text: inout [UInt8]) {
    let digits = code >> numberBits & 0xF
    if digits <= 8 {
      text.append(addingCapacity: mostSigns + 8) { output in
        var prefix = code >> prefixBits & 0x3FFFF
        while prefix & 0x3FFFF != 0 {
          output.append(signs[Int(prefix >> 12 & 0x3F)])
          prefix <<= 6
        }
        var word = eightDigits(UInt64(code & (1 << numberBits - 1))) >> UInt64(64 - 8 * digits)
        for _ in 0..<digits {
          output.append(UInt8(truncatingIfNeeded: word))
          word >>= 8
        }
      }
      return
    }
    let (bytes, count) = bytes(of: code)
    unsafe bytes.span.withUnsafeBufferPointer { bytes in
      unsafe text.append(contentsOf: bytes.prefix(count))
    }
  }

  /// The eight decimal digits of a number as ASCII, the first digit in the lowest byte.
  ///
  /// It splits fours, pairs and single digits: the reverse of how they are read.
  private static func eightDigits(_ number: UInt64) -> UInt64 {
    let fours = number / 10_000 | (number % 10_000) << 32
    let hundreds = (fours &* 10_486) &>> 20 & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) &<< 16
    let tens = (pairs &* 103) &>> 10 & 0x000F_000F_000F_000F
    return (tens | (pairs &- tens &* 10) &<< 8) | 0x3030_3030_3030_3030
  }

  private static func bytes(of code: Int64) -> (InlineArray<15, UInt8>, count: Int) {
    let digits = code >> numberBits & 0xF
    let prefix = code >> prefixBits & 0x3FFFF
    var bytes = InlineArray<15, UInt8>(repeating: 48)
    var count = 0
    for shift in [12, 6, 0] as [Int64] where prefix >> shift & 0x3F != 0 {
      bytes[count] = signs[Int(prefix >> shift & 0x3F)]
      count += 1
    }
    count += digits == spaced ? spacedCount : Int(digits)
    if digits == spaced { (bytes[3], bytes[7]) = (32, 32) }
    var number = code & (1 << numberBits - 1)
    var place = count
    while number > 0 {
      place -= 1
      if bytes[place] == 32 { place -= 1 }
      bytes[place] += UInt8(number % 10)
      number /= 10
    }
    return (bytes, count)
  }

  /// How many digits a code's text has, and whether it starts with a zero; nil if it is not all
  /// digits.
  public static func digits(_ code: Int64) -> (count: Int, isPadded: Bool)? {
    guard code >> prefixBits & 0x3FFFF == 0 else { return nil }
    let count = Int(code >> numberBits & 0xF)
    if count == Int(spaced) { return nil }
    var least: Int64 = 1
    for _ in 1..<count { least *= 10 }
    return (count, code & (1 << numberBits - 1) < least)
  }

  @inline(__always)
  private static func sign(_ byte: UInt8) -> Int64 {
    switch byte {
    case 65...90: Int64(byte &- 64)
    case 97...122: Int64(byte &- 70)
    case 45: 53
    case 47: 54
    case 95: 55
    case 46: 56
    default: 0
    }
  }
}

extension StringPool {
  /// The code of a text with these bytes of UTF-8 or, if it has none, its number here.
  @inline(__always)
  public mutating func code(ofBytes bytes: Span<UInt8>) -> Int64 {
    TextCode.code(bytes) ?? Int64(number(ofBytes: bytes))
  }

  /// The same for a text that lies among others.
  @inline(__always)
  public mutating func code(_ range: Range<Int>, of bytes: Span<UInt8>) -> Int64 {
    TextCode.code(range, of: bytes) ?? Int64(number(ofBytes: bytes.extracting(range)))
  }

  /// The code of a text or, if it has none, its number here; nil if the pool lacks it, too.
  public func existingCode(of text: Text) -> Int64? {
    TextCode.code(text.string.utf8Span.span) ?? existingNumber(of: text).map { Int64($0) }
  }

  /// The text with a code, or with a number that this pool gave.
  public func text(ofCode code: Int64) -> Text {
    TextCode.isCode(code) ? TextCode.text(code) : self[Int32(truncatingIfNeeded: code)]
  }
}

extension StringPool {
  /// Appends the text with a number that this pool gave to bytes.
  public func append(textOf number: Int32, to bytes: inout [UInt8]) {
    withBytes(of: number) { text in
      unsafe text.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }
  }

  /// Appends the text with a code, or with a number that this pool gave, to bytes.
  public func append(textOfCode code: Int64, to bytes: inout [UInt8]) {
    if TextCode.isCode(code) {
      TextCode.append(code, to: &bytes)
    } else {
      append(textOf: Int32(truncatingIfNeeded: code), to: &bytes)
    }
  }
}
