// Names come out of other people's files: one with an escape sequence in it must not colour, move
// or erase what a person reads on a terminal.

/// The text with every character that a terminal acts on, or that cannot be seen, shown as
/// `\u{1B}`.
public func harmless(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isActedOn) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if isActedOn(scalar) {
      shown += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

/// Whether a terminal acts on a character, cannot show it, or shows what stands around it in
/// another order.
public func isActedOn(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
  return switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: true
  default: false
  }
}

/// A character by its number, as JSON writes it (RFC 8259, section 7): `\u009b`, and two of them
/// beyond the basic plane.
public func jsonEscape(_ scalar: Unicode.Scalar) -> String {
  String(scalar).utf16.map { unit in
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }.joined()
}
