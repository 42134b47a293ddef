import Diagnostics

/// A text in a form that a cell of a workbook can hold.
struct CellText {
  /// The most UTF-16 units in a cell, as Excel counts them.
  private static let most = 32_767
  private static let notice = " ... (cut off here; the list as CSV has the whole text)"

  /// The text as written to the cell.
  ///
  /// Characters that XML cannot hold are replaced, what looks like an escape of the file format is
  /// itself escaped, and a text that is too long is cut off with a note that says so.
  let shown: String

  init(_ text: String) {
    if Self.isPlain(text) {
      shown = text
      return
    }
    let seen = withUnseenShown(text)
    // Escaped first, because the library counts the escapes towards the length.
    let text = seen.utf8.contains(UInt8(ascii: "_")) ? Self.withoutEscapes(seen) : seen
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

  /// Whether a text is short ASCII without `_x`, as most are, and so needs no change.
  private static func isPlain(_ text: String) -> Bool {
    guard text.utf8.count <= 30_000 else { return false }
    var before: UInt8 = 0
    for byte in text.utf8 {
      if byte >= 0x80 || (byte == UInt8(ascii: "x") && before == UInt8(ascii: "_")) { return false }
      before = byte
    }
    return true
  }

  /// A text with spaces for control characters and for what XML does not allow.
  static func visible(_ text: String) -> String {
    var shown = ""
    for scalar in text.unicodeScalars {
      shown.unicodeScalars.append(
        scalar.value < 0x20 || scalar.value == 0x7F || isNoCharacter(scalar) ? " " : scalar)
    }
    return shown
  }

  /// Whether this is one of the two code points that XML 1.0 forbids besides control characters.
  ///
  /// The library escapes the control characters itself.
  private static func isNoCharacter(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0xFFFE || scalar.value == 0xFFFF
  }

  /// Escapes the underscore wherever a text happens to look like an escape.
  ///
  /// `_x0041_` stands for a character in a workbook (ECMA-376, ST_Xstring).
  private static func withoutEscapes(_ text: String) -> String {
    text.replacing(/_(?=x[0-9A-Fa-f]{4}_)/, with: "_x005F_")
  }
}
