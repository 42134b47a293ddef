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
        declaration.node, "a code list", keys: Self.keys + ["parameters", "rules", "tests"],
        into: collector)
    else { return nil }
    var entries: [CodeList.Entry] = []
    if let values = reader.value("values") {
      entries += self.entries(of: values)
    }
    if let file = reader.scalar("file"), let path = file.text {
      entries += self.entries(ofFile: path, at: file.position)
    }
    if !reader.has("values"), !reader.has("file") {
      reader.report("a code list needs `values` or a `file`")
    } else if entries.isEmpty {
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
        if let label = value.text { return CodeList.Entry(code: Text(code), label: label) }
        guard
          let reader = MappingReader(
            value, "the code `\(code)`", keys: ["label", "from", "to"], into: collector)
        else { return nil }
        return CodeList.Entry(
          code: Text(code), label: reader.text("label") ?? code, from: reader.date("from"),
          to: reader.date("to"))
      }
    case .scalar:
      collector.report(
        "`values` maps codes to what they mean", at: values.position,
        advice: "Write values: {SA: Single assessment}")
      return []
    }
  }

  /// A file of `code,label[,from,to]`, beside the YAML file that names it.
  private func entries(ofFile path: String, at position: SourcePosition) -> [CodeList.Entry] {
    let folder = (position.file as NSString).deletingLastPathComponent
    let full = path.hasPrefix("/") || folder.isEmpty ? path : folder + "/" + path
    guard FileManager.default.fileExists(atPath: full) else {
      collector.report(
        "there is no file `\(path)`", at: position,
        advice: "Its path is taken from the folder of this rule file")
      return []
    }
    guard let text = RuleFolders.read(full, into: collector) else { return [] }
    var entries: [CodeList.Entry] = []
    var columns: [String: Int] = [:]
    for (line, cells) in CodeFileReader.records(of: text) {
      let place = SourcePosition(file: full, line: line)
      if columns.isEmpty {
        for (index, cell) in cells.enumerated() { columns[cell.lowercased()] = index }
        if columns["code"] == nil {
          collector.report(
            "the first line of a code file names its columns: code,label,from,to", at: place)
          return []
        }
        continue
      }
      func cell(_ name: String) -> String? {
        guard let column = columns[name], column < cells.count else { return nil }
        return cells[column].isEmpty ? nil : cells[column]
      }
      guard let code = cell("code") else {
        collector.report("this line has no code", at: place)
        continue
      }
      var entry = CodeList.Entry(code: Text(code), label: cell("label") ?? code)
      for (name, path) in [("from", \CodeList.Entry.from), ("to", \CodeList.Entry.to)] {
        guard let text = cell(name) else { continue }
        entry[keyPath: path] =
          CalendarDate(iso: text) ?? DateFormat.dayMonthYear.read(text)?.date
        if entry[keyPath: path] == nil {
          collector.report(
            "`\(name)` of the code `\(code)` is not a date", at: place,
            advice: "Write it as 2016-01-31")
        }
      }
      entries.append(entry)
    }
    return entries
  }
}

/// Cuts a small file of codes into cells: RFC 4180, a line a record.
enum CodeFileReader {
  static func records(of text: String) -> [(line: Int, cells: [String])] {
    var records: [(line: Int, cells: [String])] = []
    var cells: [String] = []
    var cell = ""
    var isQuoted = false
    var wasQuoted = false
    var line = 1
    var start = 1
    func endRecord() {
      if !(cells.isEmpty && cell.isEmpty && !wasQuoted) {
        records.append((start, cells + [wasQuoted ? cell : trimmed(cell)]))
      }
      cells = []
      cell = ""
      wasQuoted = false
    }
    var iterator = text.unicodeScalars.makeIterator()
    var pending = iterator.next()
    while let scalar = pending {
      pending = iterator.next()
      if isQuoted {
        if scalar == "\"" {
          if pending == "\"" {
            cell.unicodeScalars.append(scalar)
            pending = iterator.next()
          } else {
            isQuoted = false
          }
        } else {
          if scalar == "\n" { line += 1 }
          cell.unicodeScalars.append(scalar)
        }
        continue
      }
      switch scalar {
      case "\"" where cell.isEmpty:
        isQuoted = true
        wasQuoted = true
      case ",":
        cells.append(wasQuoted ? cell : trimmed(cell))
        cell = ""
        wasQuoted = false
      case "\r": continue
      case "\n":
        endRecord()
        line += 1
        start = line
      default: cell.unicodeScalars.append(scalar)
      }
    }
    endRecord()
    return records
  }

  private static func trimmed(_ cell: String) -> String {
    cell.trimmingCharacters(in: .whitespaces)
  }
}
