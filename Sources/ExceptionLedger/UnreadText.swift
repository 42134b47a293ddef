/// The text of a record that could not be read, in which names are looked for.
struct UnreadText {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Self.withPlainSpaces(text) }

  /// Turns spaces and marks beyond ASCII, such as the no-break space, into spaces, so that they end
  /// a word.
  private static func withPlainSpaces(_ text: String) -> [UInt8] {
    if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
    var plain = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      let isWord = scalar.isASCII || properties.isAlphabetic || properties.numericType != nil
      plain.append(isWord || properties.generalCategory.isMark ? scalar : " ")
    }
    return Array(String(plain).utf8)
  }

  /// Whether a name stands in the text as a word of its own.
  ///
  /// Leading zeros make no difference to a number: integer columns are joined with or without them.
  func names(_ name: String) -> Bool {
    let wanted = UnreadWord(Self.withPlainSpaces(name)).bytes[...]
    guard let first = wanted.first, let last = wanted.last else { return true }
    let isNumber = wanted.allSatisfy(UnreadWord.isDigit)
    var start = 0
    while let place = bytes[start...].firstIndex(of: first) {
      start = place + 1
      let end = place + wanted.count
      guard end <= bytes.count else { return false }
      guard bytes[place..<end] == wanted else { continue }
      var before = place
      while isNumber, before > 0, bytes[before - 1] == UInt8(ascii: "0") { before -= 1 }
      let goesOnBefore =
        before > 0 && UnreadWord.holds(bytes[before - 1]) && UnreadWord.holds(first)
      let goesOn = end < bytes.count && UnreadWord.holds(bytes[end]) && UnreadWord.holds(last)
      if !goesOnBefore, !goesOn { return true }
    }
    return false
  }

  /// The words of the text.
  var words: Set<UnreadWord> {
    Set(bytes.split { !UnreadWord.holds($0) }.map { UnreadWord(Array($0)) })
  }
}

/// A word, or a number without its leading zeros.
struct UnreadWord: Hashable {
  let bytes: [UInt8]

  init(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, bytes.allSatisfy(Self.isDigit) else {
      self.bytes = bytes
      return
    }
    let number = bytes.drop { $0 == UInt8(ascii: "0") }
    self.bytes = number.isEmpty ? [UInt8(ascii: "0")] : Array(number)
  }

  init(_ word: String) { self.init(Array(word.utf8)) }

  static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  /// Whether a byte is a letter, a digit, or part of a character beyond ASCII.
  static func holds(_ byte: UInt8) -> Bool {
    byte >= 0x80 || isDigit(byte) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}

extension Unicode.GeneralCategory {
  /// Whether it is an accent or similar mark, which belongs to the letter before it.
  fileprivate var isMark: Bool {
    switch self {
    case .nonspacingMark, .spacingMark, .enclosingMark: true
    default: false
    }
  }
}
