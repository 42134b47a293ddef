// What each character can be part of. Nearly all are ASCII, which needs no look-up in Unicode's
// tables.
extension Unicode.Scalar {
  var isDecimalDigit: Bool { ("0"..."9").contains(self) }

  var isLetter: Bool {
    guard isASCII else { return properties.isAlphabetic }
    return ("a"..."z").contains(self) || ("A"..."Z").contains(self)
  }

  var isBlank: Bool {
    guard isASCII else { return properties.isWhitespace }
    return self == " " || ("\t"..."\r").contains(self)
  }
}
