/// A text as the templates may be given it.
///
/// The template engine escapes `<`, `>`, `&` and quotes by Swift's characters, and to Swift a quote
/// with a combining accent behind it is another character: it would pass as it is, and end an
/// attribute. Such a cluster is parted by a zero-width space, so that each of the five stands
/// alone. What cannot be seen and has no place in a page (C0 controls but tab and line feed) is
/// left out. What a spreadsheet would run when it opens the page, or is pasted a row of it, has an
/// apostrophe in front, as in the lists.
func pageText(_ text: String) -> String {
  let text = isFormula(text) ? "'" + text : text
  var needsCare = false
  for byte in text.utf8 where byte >= 0x80 || byte < 0x20 || byte == 0x7f {
    needsCare = true
    break
  }
  guard needsCare else { return text }
  var shown = ""
  for character in text {
    let scalars = character.unicodeScalars
    guard scalars.count > 1, scalars.contains(where: isMarkup) else {
      for scalar in scalars where !isUnseen(scalar) { shown.unicodeScalars.append(scalar) }
      continue
    }
    for (place, scalar) in scalars.enumerated() where !isUnseen(scalar) {
      if place > 0 { shown.unicodeScalars.append("\u{200B}") }
      shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}

private func isMarkup(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar {
  case "<", ">", "&", "\"", "'": true
  default: false
  }
}

private func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
  scalar.value < 0x20 && scalar != "\t" && scalar != "\n" || scalar.value == 0x7f
}
