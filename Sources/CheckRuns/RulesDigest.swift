import Digests
import Rulebooks
import Values
import WorkingTime

/// The digest of the rules.
///
/// It covers the text of every file, in order, with its path below its folder; the codes, which may
/// stand in files of their own; and the name of the calendar in use.
func digest(of rulebook: Rulebook, in folders: [String]) -> String {
  var digester = SHA256Digester()
  func add(_ parts: [String]) {
    var text = parts.map { "\($0.utf8.count)" }.joined(separator: " ") + "\n"
    text += parts.joined(separator: "\n")
    digester.update(text.utf8Span.span)
  }
  for source in rulebook.sources {
    // The same rules have one digest, however their folder is named.
    let folder = folders.filter { source.path.hasPrefix($0) }.max { $0.count < $1.count } ?? ""
    let path = source.path.dropFirst(folder.count).drop { $0 == "/" }
    add([String(path), source.text])
  }
  for list in rulebook.codeLists {
    add([list.name])
    for entry in list.entries {
      let spell = [entry.from, entry.to].map { $0?.description ?? "" }
      add([entry.code.string, entry.label] + spell)
    }
  }
  add([rulebook.calendar?.name ?? ""])
  return digester.finish()
}
