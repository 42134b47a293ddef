/// Windows code page 1252 (Microsoft, `cp1252.txt` of the Unicode Consortium).
enum Windows1252 {
  /// The characters from 80 to 9F; 0 where there is none.
  private static let upper: [UInt16] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
    0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017D, 0,
    0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
  ]

  /// Whether the byte has no character.
  static func isUndefined(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x81, 0x8D, 0x8F, 0x90, 0x9D: true
    default: false
    }
  }

  /// The bytes as UTF-8.
  static func text(of bytes: [UInt8]) -> [UInt8] {
    if bytes.span.firstIndexOfOther(from: 0) == bytes.count { return bytes }
    var text: [UInt8] = []
    // Most bytes are ASCII.
    text.reserveCapacity(bytes.count + bytes.count / 16)
    append(bytes[...], to: &text)
    return text
  }

  /// Adds the bytes as UTF-8.
  static func append(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    let span = bytes.span
    var done = 0
    while done < span.count {
      let place = span.firstIndexOfOther(from: done)
      text.append(contentsOf: bytes[(bytes.startIndex + done)..<(bytes.startIndex + place)])
      if place == span.count { return }
      append(span[place], to: &text)
      done = place + 1
    }
  }

  private static func append(_ byte: UInt8, to text: inout [UInt8]) {
    // A NUL is reported as such.
    if byte < 0x80 { return text.append(byte) }
    let unit = byte < 0xA0 ? upper[Int(byte) - 0x80] : UInt16(byte)
    if unit == 0 {
      text.append(Transcoder.wrongByte)
    } else if unit < 0x800 {
      text.append(UInt8(0xC0 | unit >> 6))
      text.append(UInt8(0x80 | unit & 0x3F))
    } else {
      text.append(UInt8(0xE0 | unit >> 12))
      text.append(UInt8(0x80 | unit >> 6 & 0x3F))
      text.append(UInt8(0x80 | unit & 0x3F))
    }
  }
}
