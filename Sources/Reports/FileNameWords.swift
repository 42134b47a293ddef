// File names that mean the same on every file system: small ASCII letters, digits and dashes. Some
// systems ignore case, and some return accents decomposed.

/// A name in small letters, digits and single dashes, without accents; empty if nothing is left.
func kebab(_ name: String, most: Int) -> String {
  var words: [UInt8] = []
  func separate() { if let last = words.last, last != dash { words.append(dash) } }
  for scalar in name.unicodeScalars {
    if words.count >= most { break }
    switch scalar {
    case "a"..."z", "0"..."9": words.append(UInt8(truncatingIfNeeded: scalar.value))
    case "A"..."Z": words.append(UInt8(truncatingIfNeeded: scalar.value) | 0x20)
    case "'", "\u{2019}": continue
    case "&":
      separate()
      words.append(contentsOf: "and-".utf8)
    default:
      // A combining accent belongs to the letter before it.
      if scalar.properties.generalCategory == .nonspacingMark { continue }
      if let letters = withoutAccents[scalar] {
        words.append(contentsOf: letters.utf8)
      } else {
        separate()
      }
    }
  }
  words = Array(words.prefix(most))
  while words.last == dash { words.removeLast() }
  return String(decoding: words, as: UTF8.self)
}

/// Whether a name is small ASCII letters and digits in words joined by single dashes.
func isKebab(_ name: String) -> Bool {
  var last = dash
  for byte in name.utf8 {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): break
    case dash where last != dash: break
    default: return false
    }
    last = byte
  }
  return last != dash
}

/// Whether a word after the first looks like a hash, so that the name could pass for a generated
/// one.
func looksHashed(_ name: String) -> Bool {
  name.split(separator: "-").dropFirst().contains { word in
    [8, 16].contains(word.utf8.count) && word.utf8.allSatisfy(isSmallHexDigit)
  }
}

/// Whether Windows takes the name, or the part before its first dot, for a device.
///
/// <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>
func isDeviceName(_ name: String) -> Bool {
  let stem = name.lowercased().prefix { $0 != "." }
  if ["con", "prn", "aux", "nul"].contains(stem) { return true }
  return stem.utf8.count == 4 && (stem.hasPrefix("com") || stem.hasPrefix("lpt"))
    && stem.utf8.last.map { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } == true
}

private let dash = UInt8(ascii: "-")

private func isSmallHexDigit(_ byte: UInt8) -> Bool {
  UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte
}

/// The accented letters of Latin-1 and Latin Extended-A, Welsh ones included, with their plain
/// forms.
private let withoutAccents: [Unicode.Scalar: String] = {
  let rows = [
    ("a", "àáâãäåāăąÀÁÂÃÄÅĀĂĄ"), ("c", "çćĉċčÇĆĈĊČ"), ("d", "ďđðĎĐÐ"), ("e", "èéêëēĕėęěÈÉÊËĒĔĖĘĚ"),
    ("g", "ĝğġģĜĞĠĢ"), ("h", "ĥħĤĦ"), ("i", "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ"), ("j", "ĵĴ"), ("k", "ķĶ"),
    ("l", "ĺļľŀłĹĻĽĿŁ"), ("n", "ñńņňŋÑŃŅŇŊ"), ("o", "òóôõöøōŏőÒÓÔÕÖØŌŎŐ"), ("r", "ŕŗřŔŖŘ"),
    ("s", "śŝşšŚŜŞŠ"), ("t", "ţťŧŢŤŦ"), ("u", "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ"), ("w", "ŵẁẃẅŴẀẂẄ"),
    ("y", "ýÿŷỳÝŸŶỲ"), ("z", "źżžŹŻŽ"), ("ss", "ß"), ("ae", "æÆ"), ("oe", "œŒ"), ("th", "þÞ"),
  ]
  var table: [Unicode.Scalar: String] = [:]
  for (letters, accented) in rows {
    for scalar in accented.unicodeScalars { table[scalar] = letters }
  }
  return table
}()
