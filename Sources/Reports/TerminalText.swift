import Diagnostics

/// How many columns of a terminal a text takes: two for East Asian characters and emoji.
func columns(of text: String) -> Int {
  text.reduce(0) { $0 + columns(of: $1) }
}

private func columns(of character: Character) -> Int {
  guard let scalar = character.unicodeScalars.first, scalar.value >= 0x1100 else { return 1 }
  if scalar.properties.isEmojiPresentation { return 2 }
  return switch scalar.value {
  case 0x1100...0x115f, 0x2e80...0xa4cf, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
    0xff01...0xff60, 0xffe0...0xffe6, 0x1f300...0x1faff, 0x20000...0x3fffd:
    2
  default: 1
  }
}

/// The text in lines of at most `width` columns, broken at spaces, or within a word that is too
/// long.
///
/// The pieces joined give the text again, except for the spaces at the breaks.
func wrapped(_ text: String, to width: Int) -> [String] {
  var lines: [String] = []
  var line = ""
  var used = 0
  let words = text.split(separator: " ", omittingEmptySubsequences: false)
  for (index, word) in words.enumerated() {
    let size = columns(of: String(word))
    if index > 0 {
      if used + 1 + size <= width {
        line += " "
        used += 1
      } else {
        lines.append(line)
        (line, used) = ("", 0)
      }
    }
    if size <= width - used {
      line += word
      used += size
      continue
    }
    for character in word {
      let size = columns(of: character)
      if used + size > width {
        lines.append(line)
        (line, used) = ("", 0)
      }
      line.append(character)
      used += size
    }
  }
  lines.append(line)
  return lines
}

/// Sections of lines with an empty line between them; a section without lines is left out.
func paragraphs(_ sections: [[String]]) -> String {
  sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") + "\n" }
    .joined(separator: "\n")
}

/// A number with commas between the thousands.
func grouped(_ number: Int) -> String { groupedDigits(number) }

/// A number with the word for what it counts.
func counted(_ number: Int, _ one: String, _ many: String? = nil) -> String {
  "\(grouped(number)) \(number == 1 ? one : many ?? one + "s")"
}
