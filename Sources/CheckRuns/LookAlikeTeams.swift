import Diagnostics
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
