import Diagnostics
import Foundation
import Values
import WorkingTime

/// Reads a code list.
struct CodeListLoader {
  static let keys = ["codes", "title", "description", "source", "values", "file"]

  let collector: DiagnosticCollector

  func load(_ declaration: Declarations.Declaration) -> CodeList? {
    guard
      let reader = MappingReader(
        declaration.node, "this file", keys: Self.keys + Declarations.sharedKeys,
        mayBeEmpty: Declarations.sharedKeys, into: collector)
    else { return nil }
    var entries: [CodeList.Entry] = []
    if let values = reader.value("values") {
      entries += self.entries(of: values)
    }
    var isRead = true
    if let file = reader.scalar("file"), let path = file.text {
      let others = self.entries(ofFile: path, at: file.position)
      isRead = others != nil
      entries += others ?? []
    }
    if !reader.has("values"), !reader.has("file") {
      reader.report("a code list needs `values` or a `file`")
    } else if entries.isEmpty, isRead {
      reader.report("the code list `\(declaration.name)` has no codes")
    }
    return CodeList(name: declaration.name, entries: entries)
  }

  private func entries(of values: YAMLNode) -> [CodeList.Entry] {
    switch values.content {
    case .sequence(let elements):
      return elements.compactMap { element in
        guard let code = element.text else {
          collector.report("a code is a single value", at: element.position)
          return nil
        }
        return CodeList.Entry(code: Text(code), label: code)
      }
    case .mapping(let pairs):
      return pairs.compactMap { key, value in
        guard let code = key.text else {
          collector.report("a code is a single value", at: key.position)
          return nil
        }
        if value.isNull, code.contains(":") {
          collector.warn(
            "the code `\(code)` has a colon in it, and no label", at: key.position,
            advice: "Is a blank missing behind the colon? If not, give the code a label")
        }
        if let label = value.text { return CodeList.Entry(code: Text(code), label: label) }
        guard
          let reader = MappingReader(
            value, "the code `\(code)`", keys: ["label", "from", "to"], into: collector)
        else { return nil }
        let (from, to) = (reader.date("from"), reader.date("to"))
        if let from, let to, to < from {
          reader.report("the code `\(code)` ends before it begins", key: "to")
        }
        return CodeList.Entry(
          code: Text(code), label: reader.text("label") ?? code, from: from, to: to)
      }
    case .scalar:
      collector.report(
        "`values` maps codes to what they mean", at: values.position,
        advice: "Write values: {SA: Single assessment}")
      return []
    }
  }

  /// The codes of a file of `code,label[,from,to]` that lies beside the YAML file naming it.
  ///
  /// Nil, with a report, if the file is missing.
  private func entries(ofFile path: String, at position: SourcePosition) -> [CodeList.Entry]? {
    let folder = Rulebooks.folder(ofFile: position.file)
    let full = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    guard FileManager.default.fileExists(atPath: full) else {
      collector.report(
        "there is no file `\(path)`", at: position,
        advice: "Its path is taken from the folder of this rule file")
      return nil
    }
    return CodeFile(path: full, collector: collector).entries()
  }
}
