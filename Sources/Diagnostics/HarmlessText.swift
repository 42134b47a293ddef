// Names come from other people's files: an escape sequence in one must not colour, move or erase
// what a person reads on a terminal.

/// The text with every invisible character, or one that a terminal acts on, written as `\u{1B}`.
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

/// Whether a terminal acts on a character, cannot show it, or reorders the text around it.
public func isActedOn(_ scalar: Unicode.Scalar) -> Bool {
  if scalar.isASCII { return scalar.value < 0x20 || scalar.value == 0x7f }
  return switch scalar.properties.generalCategory {
  case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate: true
  default: false
  }
}

/// A character as JSON escapes it (RFC 8259, section 7): `\u009b`.
///
/// Beyond the basic plane it takes two escapes.
public func jsonEscape(_ scalar: Unicode.Scalar) -> String {
  String(scalar).utf16.map { unit in
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
  }.joined()
}
