/// What the bytes of a whole file show of its encoding.
///
/// It takes them chunk by chunk, in one pass.
struct EncodingSurvey: Sendable {
  /// The first bytes, which show what kind of file it is.
  private(set) var head: [UInt8] = []
  /// Bytes in all.
  private(set) var size = 0
  /// NUL bytes.
  private(set) var nuls = 0
  /// Well-formed UTF-8 sequences of more than one byte.
  private(set) var sequences = 0
  /// Bytes over 127 that belong to no well-formed sequence.
  private(set) var wrong = 0
  /// Bytes that are undefined in Windows-1252.
  private(set) var undefined = 0
  /// Control characters among the first bytes, not counting white space, NUL and 1A.
  private(set) var controls = 0

  /// Whether the file ends within a UTF-8 sequence, and everything before it is well formed.
  private(set) var isCut = false

  /// How many bytes `head` keeps.
  static let headSize = 65_536

  /// The state of the sequence being read: how many bytes it still needs, how many it has, and
  /// which values the next may have.
  private var wanted = 0
  private var held = 0
  private var low: UInt8 = 0x80
  private var high: UInt8 = 0xBF

  /// Takes the next bytes; `isASCII` says that all are known to be ASCII 1 to 127.
  mutating func take(_ bytes: Span<UInt8>, isASCII: Bool = false) {
    takeHead(bytes)
    size += bytes.count
    if isASCII, wanted == 0 { return }
    var index = 0
    while index < bytes.count {
      if wanted == 0 {
        index = bytes.firstIndexOfOther(from: index)
        if index == bytes.count { break }
      }
      take(bytes[index])
      index += 1
    }
  }

  /// Notes that the file has ended.
  mutating func finish() {
    isCut = held > 0 && wrong == 0
    wrong += held
    (wanted, held) = (0, 0)
  }

  private mutating func takeHead(_ bytes: Span<UInt8>) {
    let room = min(Self.headSize - head.count, bytes.count)
    for index in 0..<max(room, 0) {
      let byte = bytes[index]
      head.append(byte)
      if byte < 0x20, !(9...13).contains(byte), byte != 0x1A, byte != 0 { controls += 1 }
    }
  }

  private mutating func take(_ byte: UInt8) {
    if byte > 0x7F, Windows1252.isUndefined(byte) { undefined += 1 }
    if wanted > 0 {
      if low...high ~= byte {
        held += 1
        wanted -= 1
        (low, high) = (0x80, 0xBF)
        if wanted == 0 {
          sequences += 1
          held = 0
        }
        return
      }
      wrong += held
      (wanted, held) = (0, 0)
      (low, high) = (0x80, 0xBF)
    }
    begin(byte)
  }

  /// Takes the first byte of a character (The Unicode Standard, table 3-7).
  private mutating func begin(_ byte: UInt8) {
    switch byte {
    case 0: nuls += 1
    case 0xC2...0xDF: wanted = 1
    case 0xE0: (wanted, low) = (2, 0xA0)
    case 0xED: (wanted, high) = (2, 0x9F)
    case 0xE1...0xEF: wanted = 2
    case 0xF0: (wanted, low) = (3, 0x90)
    case 0xF1...0xF3: wanted = 3
    case 0xF4: (wanted, high) = (3, 0x8F)
    case 0x80...0xFF: wrong += 1
    default: break
    }
    if wanted > 0 { held = 1 }
  }
}

extension EncodingSurvey {
  /// The encoding that the bytes show, and the length of its byte-order mark.
  func encoding(declared: TextEncoding?) -> (encoding: TextEncoding, markLength: Int) {
    if head.starts(with: [0xEF, 0xBB, 0xBF]) { return (.utf8, 3) }
    if head.starts(with: [0xFF, 0xFE]) { return (.utf16LittleEndian, 2) }
    if head.starts(with: [0xFE, 0xFF]) { return (.utf16BigEndian, 2) }
    if let declared { return (declared, 0) }
    if let wide = wideEncoding { return (wide, 0) }
    // Windows-1252 text very seldom contains a well-formed sequence. A file that mixes the two is
    // damaged UTF-8, and must not be read as something else without a word.
    let isUTF8 = wrong == 0 || sequences * 10 >= wrong || (isCut && wrong <= 3)
    return (isUTF8 ? .utf8 : .windows1252, 0)
  }

  /// UTF-16 without a mark, recognised by the NULs in its ASCII characters.
  private var wideEncoding: TextEncoding? {
    var zeros = [0, 0]
    let sample = head.prefix(4096)
    for (index, byte) in sample.enumerated() where byte == 0 { zeros[index & 1] += 1 }
    let pairs = sample.count / 2
    guard pairs > 0 else { return nil }
    if zeros[1] * 10 > pairs * 4, zeros[0] * 10 < pairs { return .utf16LittleEndian }
    if zeros[0] * 10 > pairs * 4, zeros[1] * 10 < pairs { return .utf16BigEndian }
    return nil
  }

  /// Whether some bytes are NULs or no characters in the encoding, so that every record must be
  /// checked.
  func hasBadBytes(in encoding: TextEncoding) -> Bool {
    switch encoding {
    case .utf8: wrong > 0 || nuls > 0
    case .windows1252: undefined > 0 || nuls > 0
    case .utf16LittleEndian, .utf16BigEndian: true
    }
  }
}
