import Diagnostics
import Exceptions
import Foundation

/// Teams whose names differ only by blanks, capitals, accents, the form of an apostrophe, zeros
/// before a number, or by what nobody sees.
///
/// They are usually one team under several names, whose manager opens only one of its lists.
func lookAlikes(among teams: [TeamName]) -> [String] {
  var alike: [String: [String]] = [:]
  for case .named(let name) in teams {
    let bare = bareName(name)
    if !bare.isEmpty { alike[bare, default: []].append(name) }
  }
  return alike.values.filter { $0.count > 1 }.map { names in
    let shown = names.map { "\"\(withUnseenShown(withBlanksShown($0)))\"" }.inByteOrder()
    // A letter with its accent and one with the accent behind it are equal here, as they look.
    let looks = Set(shown.map(withoutUnseen))
    let hint = looks.count < shown.count ? " (spelt with other characters)" : ""
    return
      "The teams \(shown.joined(separator: " and "))\(hint) may be one: each has lists of its own. Give them one name in the case system."
  }.inByteOrder()
}

/// A name without what people write now in one way and now in another.
///
/// Accents are those of European letters alone: in other scripts such a mark makes another word.
private func bareName(_ name: String) -> String {
  let parts = withoutUnseen(name.lowercased()).decomposedStringWithCanonicalMapping
  let written = Array(parts.unicodeScalars).filter { !isAccent($0) }
  var bare = ""
  var isInNumber = false
  for (place, scalar) in written.enumerated() {
    let isBeforeDigit = place + 1 < written.count && isDigit(written[place + 1])
    if scalar == "0", !isInNumber, isBeforeDigit { continue }
    // The zeros of `1.05` are no leading ones.
    isInNumber = isDigit(scalar) || (isInNumber && scalar == ".")
    if scalar.properties.isWhitespace { continue }
    bare.unicodeScalars.append(isApostrophe(scalar) ? "'" : scalar)
  }
  return bare
}

/// A text without the characters that take no room.
private func withoutUnseen(_ text: String) -> String {
  var seen = ""
  for scalar in text.unicodeScalars where !isUnseen(scalar) { seen.unicodeScalars.append(scalar) }
  return seen
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { (0x30...0x39).contains(scalar.value) }

/// Whether a character takes no room, as a soft hyphen or a joiner.
private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  scalar.properties.isDefaultIgnorableCodePoint || scalar.properties.generalCategory == .format
}

/// Whether a character is an accent that stands behind its letter (the blocks of combining diacritical
/// marks of the Unicode Standard).
private func isAccent(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x300...0x36F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F: true
  default: false
  }
}

/// Whether a character is one of those that stand for an apostrophe: keyboards and word processors
/// write different ones.
private func isApostrophe(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x27, 0x60, 0xB4, 0x2B9, 0x2BC, 0x2018, 0x2019, 0x201B, 0x2032, 0xFF07: true
  default: false
  }
}
