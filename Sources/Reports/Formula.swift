// What a spreadsheet would run. Quoting does not help: Excel and LibreOffice look at the text
// inside the quotes (OWASP, "CSV Injection"). An apostrophe in front does.

/// Whether a spreadsheet might run the text of a cell as a formula.
///
/// Plain numbers such as `-5` and `+5.2` are not: they have to stay numbers.
func isFormula(_ text: String) -> Bool {
  guard let first = text.utf8.first, mayBeFormula(first) else { return false }
  for scalar in text.unicodeScalars {
    switch scalar {
    case "=", "@", "\t", "\r", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
    case "+", "-": return !isPlainNumber(text)
    default:
      // A program may drop what cannot be seen in front, NUL as we do, and find the formula behind
      // it.
      if !isInvisible(scalar) { return false }
    }
  }
  return false
}

/// Whether a text that begins with this byte may be a formula: nearly none does, for a visible
/// ASCII character tells.
@inline(__always)
func mayBeFormula(_ first: UInt8) -> Bool {
  switch first {
  case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"): true
  default: !(0x21...0x7e ~= first)
  }
}

/// A text as it was before it was kept from being run, as people copy it out of a list.
public func withoutFormulaGuard(_ text: String) -> String {
  guard text.first == "'" else { return text }
  let inside = String(text.dropFirst())
  return isFormula(inside) ? inside : text
}

/// Whether the text is digits, with a sign in front and a decimal point within at most.
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
