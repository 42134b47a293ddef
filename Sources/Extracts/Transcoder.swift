/// Turns a file's bytes into UTF-8, chunk by chunk.
///
/// What is no character becomes the byte FF, which never occurs in UTF-8, so that its record is
/// found and rejected.
struct Transcoder {
  let encoding: TextEncoding
  /// How many bytes of the byte-order mark are still to be skipped.
  private var markLeft: Int
  /// The first byte of a UTF-16 unit whose second is in the next chunk.
  private var firstByte: UInt8?
  /// The first unit of a surrogate pair.
  private var leading: UInt16?

  /// The byte that replaces what is no character.
  static let wrongByte: UInt8 = 0xFF

  /// Whether the bytes already are the text.
  var isPlain: Bool { encoding == .utf8 && markLeft == 0 }

  init(_ encoding: TextEncoding, markLength: Int) {
    self.encoding = encoding
    markLeft = markLength
  }

  /// How many bytes of the file became a text, one for each character; not for UTF-16.
  func rawCount(of text: Span<UInt8>) -> Int {
    var count = 0
    for index in text.indices where text[index] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// Adds the next bytes of the file.
  mutating func append(_ chunk: ArraySlice<UInt8>, to text: inout [UInt8]) {
    let skipped = min(markLeft, chunk.count)
    markLeft -= skipped
    let chunk = chunk.dropFirst(skipped)
    switch encoding {
    case .utf8: text.append(contentsOf: chunk)
    case .windows1252: Windows1252.append(chunk, to: &text)
    case .utf16LittleEndian, .utf16BigEndian:
      for byte in chunk {
        guard let first = firstByte else {
          firstByte = byte
          continue
        }
        firstByte = nil
        let isLittle = encoding == .utf16LittleEndian
        take(
          isLittle
            ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte), &text)
      }
    }
  }

  /// Adds what is unfinished at the end of the file.
  mutating func finish(_ text: inout [UInt8]) {
    if leading != nil || firstByte != nil { text.append(Self.wrongByte) }
    (leading, firstByte) = (nil, nil)
  }

  private mutating func take(_ unit: UInt16, _ text: inout [UInt8]) {
    if let first = leading {
      leading = nil
      if UTF16.isTrailSurrogate(unit) {
        let value = 0x1_0000 + (UInt32(first - 0xD800) << 10 | UInt32(unit - 0xDC00))
        if let scalar = Unicode.Scalar(value) { text.append(contentsOf: String(scalar).utf8) }
        return
      }
      text.append(Self.wrongByte)
    }
    if unit < 0x80 {
      text.append(UInt8(unit))
    } else if UTF16.isLeadSurrogate(unit) {
      leading = unit
    } else if let scalar = Unicode.Scalar(unit) {
      text.append(contentsOf: String(scalar).utf8)
    } else {
      text.append(Self.wrongByte)
    }
  }
}
