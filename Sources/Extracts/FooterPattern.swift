/// A glob that is matched against the text of records, of which a broken file may have millions.
struct FooterPattern: Sendable {
  private let glob: Glob
  /// The pattern in lower case, if it is ASCII and has no wildcards but `*` and `?`.
  private let plain: [UInt8]?

  init(_ pattern: String) {
    glob = Glob(pattern)
    let isPlain = pattern.utf8.allSatisfy { $0 < 0x80 && !"[]{}\\".utf8.contains($0) }
    plain = isPlain ? pattern.lowercased().utf8.map { $0 } : nil
  }

  /// Whether the whole text matches, ignoring case.
  func matches(_ text: Span<UInt8>) -> Bool {
    if let plain, text.firstIndexOfOther(from: 0) == text.count {
      return Self.matches(text, plain.span)
    }
    return glob.matches(text.decoded)
  }

  /// Backtracks to the last `*` where the rest does not fit; earlier ones need no retry.
  private static func matches(_ text: Span<UInt8>, _ pattern: Span<UInt8>) -> Bool {
    var index = 0
    var place = 0
    var afterStar = -1
    var tried = 0
    while index < text.count {
      if place < pattern.count, pattern[place] == UInt8(ascii: "*") {
        place += 1
        (afterStar, tried) = (place, index)
      } else if place < pattern.count, fits(text[index], pattern[place]) {
        index += 1
        place += 1
      } else if afterStar >= 0 {
        tried += 1
        (index, place) = (tried, afterStar)
      } else {
        return false
      }
    }
    while place < pattern.count, pattern[place] == UInt8(ascii: "*") { place += 1 }
    return place == pattern.count
  }

  @inline(__always)
  private static func fits(_ byte: UInt8, _ wanted: UInt8) -> Bool {
    let small = byte &- 65 < 26 ? byte | 0x20 : byte
    return small == wanted || wanted == UInt8(ascii: "?")
  }
}
