/// A text as a cell of a workbook can hold it.
struct CellText {
  /// The most UTF-16 units that a cell holds, as Excel counts.
  private static let most = 32_767
  private static let notice = " ... (cut off here; the list as CSV has the whole text)"

  /// The text: what XML cannot hold replaced, escapes of the file format that it holds by chance
  /// kept from being taken for such, and what is too long cut off with a word on it.
  let shown: String

  init(_ text: String) {
    if Self.isPlain(text) {
      shown = text
      return
    }
    // The library counts the escapes as they are written.
    let text = text.utf8.contains(UInt8(ascii: "_")) ? Self.withoutEscapes(text) : text
    var shown = ""
    var units = 0
    var isCut = false
    for scalar in text.unicodeScalars {
      let width = scalar.value > 0xFFFF ? 2 : 1
      if units + width > 30_000, text.utf16.count > Self.most {
        isCut = true
        break
      }
      units += width
      shown.unicodeScalars.append(Self.isNoCharacter(scalar) ? "\u{FFFD}" : scalar)
    }
    if isCut { shown += Self.notice }
    self.shown = shown
  }

  /// Whether a text is short ASCII without `_x`, as most are: nothing in it can be in the way.
  private static func isPlain(_ text: String) -> Bool {
    guard text.utf8.count <= 30_000 else { return false }
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte >= 0x80 || (byte == UInt8(ascii: "x") && before == UInt8(ascii: "_")) { return false }
      before = byte
    }
    return true
  }

  /// A text without what is no character of XML, and without control characters.
  static func visible(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      shown.unicodeScalars.append(
        scalar.value < 0x20 || scalar.value == 0x7F || isNoCharacter(scalar) ? " " : scalar)
    }
    return shown
  }

  /// The two code points below 0x10000 that XML 1.0 leaves out beside the control characters, which
  /// the library escapes itself.
  private static func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }

  /// `_x0041_` stands for a character in a workbook (ECMA-376, ST_Xstring); a text that holds it by
  /// chance has its underscore escaped.
  private static func withoutEscapes(_ text: String) -> String {
    text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }
}
