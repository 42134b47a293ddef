/// The simple forms that all texts of a column have, for the pattern of a key.
struct TextForms {
  private var areDigits = true
  private var areLettersAndDigits = true
  private var holdDigits = true

  mutating func take(_ text: Span<UInt8>) {
    // Without a digit in it, nothing else is left to be found.
    guard holdDigits else { return }
    var place = 0
    while place < text.count, (text[place] | 0x20) &- 97 < 26 { place += 1 }
    let letters = place
    while place < text.count, text[place] &- 48 < 10 { place += 1 }
    let isPlain = place == text.count && place > letters
    areDigits = areDigits && isPlain && letters == 0
    areLettersAndDigits = areLettersAndDigits && isPlain
    if isPlain { return }
    holdDigits = text.indices.contains { text[$0] &- 48 < 10 }
  }

  /// The patterns that all texts meet, the narrowest first.
  var patterns: [String] {
    var patterns: [String] = []
    if areDigits { patterns.append("[0-9]+") }
    if areLettersAndDigits { patterns.append("[A-Za-z]*[0-9]+") }
    if holdDigits { patterns.append(".*[0-9].*") }
    return patterns
  }
}
