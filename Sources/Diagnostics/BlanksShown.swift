// A page shows several blanks as one, and none at all at the end of a line: names that differ by
// them alone look the same there.

/// A name in which the blanks are visible that nobody would see: those at either end, several in a
/// row, and whatever is no plain space.
///
/// A space is shown as `␣`, a tab as `⇥`, a no-break space as `⍽` and any other as `\u{2003}`,
/// unless `leavesOthers`, as where a text may span lines. A name with single spaces between its words
/// stays as it is.
public func withBlanksShown(_ name: String, leavesOthers: Bool = false) -> String {
  let scalars = Array(name.unicodeScalars)
  var shown = ""
  for (place, scalar) in scalars.enumerated() {
    switch scalar {
    case " ":
      let isAtEnd = place == 0 || place == scalars.count - 1
      let isDoubled = !isAtEnd && (scalars[place - 1] == " " || scalars[place + 1] == " ")
      shown += isAtEnd || isDoubled ? "␣" : " "
    case "\t": shown += "⇥"
    case "\u{A0}": shown += "⍽"
    case _ where !leavesOthers && scalar.properties.isWhitespace: shown += escape(of: scalar)
    default: shown.unicodeScalars.append(scalar)
    }
  }
  return shown
}
