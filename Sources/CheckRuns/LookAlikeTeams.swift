import Exceptions

/// Teams whose names differ only by blanks or capitals.
///
/// They are usually one team under several names, whose manager opens only one of its lists.
func lookAlikes(among teams: [TeamName]) -> [String] {
  var alike: [String: [String]] = [:]
  for case .named(let name) in teams {
    let bare = String(name.lowercased().filter { !$0.isWhitespace })
    if !bare.isEmpty { alike[bare, default: []].append(name) }
  }
  return alike.values.filter { $0.count > 1 }.map { names in
    let shown = names.map { "\"\(withBlanksShown($0))\"" }.inByteOrder()
    return
      "The teams \(shown.joined(separator: " and ")) may be one: each has lists of its own. Give them one name in the case system."
  }.inByteOrder()
}

/// A name that makes visible the blanks at its ends, and those that are not plain spaces.
private func withBlanksShown(_ name: String) -> String {
  let characters = Array(name)
  return String(
    characters.enumerated().map { place, character in
      let isInner = place > 0 && place < characters.count - 1
      return character.isWhitespace && !(isInner && character == " ") ? "␣" : character
    })
}
