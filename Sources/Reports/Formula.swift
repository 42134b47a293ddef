// What a spreadsheet would run. Quoting does not help: Excel and LibreOffice look at the text
// inside the quotes (OWASP, "CSV Injection"). A leading apostrophe does help.

/// Whether a spreadsheet might run the text of a cell as a formula.
///
/// Plain numbers such as `-5` and `+5.2` do not count: they have to stay numbers.
func isFormula(_ text: String) -> Bool {
  guard let first = text.utf8.first, mayBeFormula(first) else { return false }
  for scalar in text.unicodeScalars {
    switch scalar {
    case "=", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "+", "-": return !isPlainNumber(text)
    default:
      // A program may drop leading invisible characters, as this one drops NUL, and find the
      // formula behind them.
      if !isInvisible(scalar) { return false }
    }
  }
  return false
}

/// Whether a text that begins with this byte may be a formula.
///
/// Nearly none may: any other visible ASCII character rules it out.
@inline(__always)
func mayBeFormula(_ first: UInt8) -> Bool {
  switch first {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
  default: !(0x21...0x7e ~= first)
  }
}

/// A text without its guard against being run, for texts that people copy out of a list.
public func withoutFormulaGuard(_ text: String) -> String {
  guard text.first == "'" else { return text }
  let inside = String(text.dropFirst())
  return isFormula(inside) ? inside : text
}

/// Whether the text is digits with at most a leading sign and a decimal point between them.
func isPlainNumber(_ text: String) -> Bool {
  var digits = 0
  var points = 0
  var last: UInt8 = 0
  for (index, byte) in text.utf8.enumerated() {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digits += 1
    case UInt8(ascii: "+") where index == 0, UInt8(ascii: "-") where index == 0: break
    case UInt8(ascii: ".") where points == 0 && digits > 0: points += 1
    default: return false
    }
    last = byte
  }
  return digits > 0 && last != UInt8(ascii: ".")
}

private func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.properties.generalCategory {
  case .control, .format, .spaceSeparator, .lineSeparator, .paragraphSeparator: true
  default: false
  }
}
