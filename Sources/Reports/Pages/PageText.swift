import Diagnostics

/// A text as the templates may be given it.
///
/// The template engine escapes `<`, `>`, `&` and quotes by Swift's characters. A quote followed by
/// a combining accent is another character to Swift: it would pass unescaped and end an attribute.
/// A zero-width space splits such a cluster, so that each of the five stands alone. Invisible
/// characters that have no place in a page (C0 controls except tab and line feed) are left out. A
/// text that a spreadsheet would run, when it opens the page or a row is pasted into it, gets a
/// leading apostrophe, as in the lists.
func pageText(_ text: String) -> String {
  let text = isFormula(text) ? "'" + text : text
  var needsCare = false
  for byte in text.utf8 where byte >= 0x80 || byte < 0x20 || byte == 0x7f {
    needsCare = true
    break
  }
  guard needsCare else { return text }
  let seen = withUnseenShown(text)
  var shown = ""
  for character in seen {
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
