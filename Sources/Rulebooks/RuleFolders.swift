import Diagnostics
import Extracts
import Foundation

/// A rule file as found, before it is parsed.
struct RuleFile {
  /// The path: the folder as the user named it, and the file's path below it.
  var path: String
  /// The number of its folder.
  var folder: Int
  /// The folder under `packs/`; empty outside it.
  var pack: String
  var text: String

  /// Whether nothing is in it but spaces and line ends.
  var isBlank: Bool { text.utf8.allSatisfy { $0 <= UInt8(ascii: " ") } }
}

/// What the name of a file in a rules folder tells about it.
private enum RuleFileName {
  case ruleFile
  /// Windows hides the ending of `visits.yaml.txt`, and editors there add it; others leave a blank
  /// at the end, or put one of their own there, such as `.old`.
  case looksLikeOne
  case other

  init(_ name: String) {
    let folded = name.lowercased()
    if folded.hasSuffix(".yaml") || folded.hasSuffix(".yml") {
      self = .ruleFile
    } else if folded.contains(".yaml") || folded.contains(".yml") {
      self = .looksLikeOne
    } else {
      self = .other
    }
  }
}

/// Finds and reads rule files.
enum RuleFolders {
  /// How large a rule file may be, in bytes.
  private static let greatestSize = 16 << 20

  static func files(
    in folders: [String], named places: [String: SourcePosition] = [:],
    mayBeEmpty: Bool = false, threads: Int = 1, into collector: DiagnosticCollector
  ) -> [RuleFile] {
    var found: [RuleFile] = []
    for (number, folder) in folders.enumerated() {
      let start = SourcePosition(file: folder, line: 1)
      guard FileManager.default.fileExists(atPath: folder) else {
        if let place = places[folder] {
          collector.report(
            "there is no rules folder `\(folder)`", at: place,
            advice: "Name one that is there; its path is taken from the folder of this file")
        } else {
          collector.report(
            "there is no rules folder here", at: start,
            advice: "Name the folder of the rules with --rules")
        }
        continue
      }
      let paths = isFolder(folder) ? paths(below: folder, into: collector) : [""]
      if paths.isEmpty {
        let advice = "Rule files end in .yaml or .yml"
        if mayBeEmpty {
          collector.warnEveryRun(
            "this folder holds no rule file by which an export could be known", at: start,
            advice: advice)
        } else {
          collector.report("this folder holds no rule file", at: start, advice: advice)
        }
      }
      found += collector.load(paths, threads: threads) { paths, collector in
        paths.compactMap { path in
          let full = path.isEmpty ? folder : join(folder, path)
          guard let text = read(full, into: collector) else { return nil }
          return RuleFile(path: full, folder: number, pack: pack(of: path), text: text)
        }
      }
    }
    return found
  }

  static func join(_ folder: String, _ path: String) -> String {
    folder.hasSuffix("/") ? folder + path : folder + "/" + path
  }

  private static func isFolder(_ path: String) -> Bool {
    (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
  }

  /// Paths relative to the folder, in the order of their bytes.
  ///
  /// An unreadable subfolder is an error: without its rules, everything that they had found would
  /// count as put right.
  private static func paths(below folder: String, into collector: DiagnosticCollector) -> [String] {
    var found: [String] = []
    func search(_ prefix: String) {
      let path = prefix.isEmpty ? folder : join(folder, prefix)
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: path) else {
        collector.report(
          "this folder cannot be read", at: SourcePosition(file: path, line: 1),
          advice: "Look at its permissions")
        return
      }
      for name in names where !name.hasPrefix(".") {
        let inner = prefix.isEmpty ? name : join(prefix, name)
        let full = join(folder, inner)
        guard let kind = try? FileStatus(notFollowing: full).kind else {
          collector.report(
            "this cannot be looked at", at: SourcePosition(file: full, line: 1),
            advice: "Look at its permissions and at the disk")
          continue
        }
        if kind == .folder {
          search(inner)
          continue
        }
        if kind == .link, isFolder(full) {
          // Two names for one folder would load every rule twice, and a link to a parent folder
          // would never end.
          collector.report(
            "this is a link to a folder, which is not followed",
            at: SourcePosition(file: full, line: 1),
            advice: "Name the folder itself with a further --rules, or copy it here")
          continue
        }
        switch RuleFileName(name) {
        case .ruleFile: found.append(inner)
        case .looksLikeOne:
          collector.diagnostics.append(
            Diagnostic(
              .warning, at: SourcePosition(file: full, line: 1),
              "this looks like a rule file and is not read, as its name does not end in .yaml",
              advice: "Rename it, or take it out of the folder"))
        case .other: break
        }
      }
    }
    search("")
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private static func pack(of path: String) -> String {
    let parts = path.split(separator: "/")
    guard let index = parts.firstIndex(of: "packs"), index + 2 < parts.count else { return "" }
    return String(parts[index + 1])
  }

  /// The text of a file, without a byte-order mark; nil, with a report, if it cannot be had.
  static func read(
    _ path: String, _ kind: String = "rule file", into collector: DiagnosticCollector
  ) -> String? {
    let start = SourcePosition(file: path, line: 1)
    // Read no more than is allowed: a link to a device could yield bytes without end.
    guard let bytes = readFile(path, most: greatestSize + 1) else {
      collector.report(
        "this file cannot be read", at: start, advice: "Look at its permissions")
      return nil
    }
    guard bytes.count <= greatestSize else {
      collector.report("this \(kind) is larger than 16 MiB", at: start)
      return nil
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      collector.report(
        "this file is not UTF-8", at: firstWrongByte(of: bytes, in: path),
        advice: "Save it as UTF-8 text")
      return nil
    }
    return text.hasPrefix("\u{FEFF}") ? String(text.dropFirst()) : text
  }

  /// Where a file stops being UTF-8.
  private static func firstWrongByte(of bytes: [UInt8], in path: String) -> SourcePosition {
    var parser = Unicode.UTF8.ForwardParser()
    var rest = bytes.makeIterator()
    var place = SourcePosition(file: path, line: 1, column: 1)
    while case .valid(let scalar) = parser.parseScalar(from: &rest) {
      place.column += 1
      if scalar.count == 1, scalar.first == UInt8(ascii: "\n") {
        place.line += 1
        place.column = 1
      }
    }
    return place
  }
}

/// The folder in which a file lies; empty for one in the working folder.
func folder(ofFile path: String) -> String {
  guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
  return slash == path.startIndex ? "/" : String(path[..<slash])
}
