// Names come from other people's files: an escape sequence in one must not colour, move or erase
// what a person reads on a terminal.

/// The text with every invisible character, or one that a terminal acts on, written as `\u{1B}`.
public func harmless(_ text: String) -> String {
  guard text.unicodeScalars.contains(where: isActedOn) else { return text }
  var shown = ""
  for scalar in text.unicodeScalars {
    if isActedOn(scalar) {
      shown += escape(of: scalar)
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

/// The text with every character that nobody sees, and that makes a text look like another, written
/// as `\u{202E}`.
///
/// For lists, in which a name in any script has to stand as it is written: only what reorders the
/// text around it, or takes no room, is told.
public func withUnseenShown(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 >= 0x80 }),
    text.unicodeScalars.contains(where: isUnseen)
  else { return text }
  return text.unicodeScalars.reduce(into: "") { shown, scalar in
    if isUnseen(scalar) {
      shown += escape(of: scalar)
    } else {
      shown.unicodeScalars.append(scalar)
    }
  }
}

/// Whether a character reorders the text around it (UAX 9, section 2) or has no width, and no script
/// needs it.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0xAD, 0x200B, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
  default: false
  }
}

func escape(of scalar: Unicode.Scalar) -> String {
  "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
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
