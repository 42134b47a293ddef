public import Diagnostics
import Values

/// Finds the files of the extracts: each named file, and all files in each named folder.
///
/// Hidden files are skipped, and links are followed only to files. A folder with the name of an
/// export, such as `visits.csv`, is listed too, so that reading its table reports the fault. The
/// files are sorted by the bytes of their relative path.
public func findExtracts(at paths: [String]) -> (files: [ExtractFile], faults: [Diagnostic]) {
  var search = ExtractSearch()
  for path in paths { search.takeAll(path) }
  let files = search.files.sorted {
    (Text($0.relativePath), Text($0.path)) < (Text($1.relativePath), Text($1.path))
  }
  return (files, search.faults.sorted())
}

private struct ExtractSearch {
  /// By path; keyed by bytes, because Swift's strings treat two ways of writing `é` as one.
  private var found: [Text: ExtractFile] = [:]
  private(set) var faults: [Diagnostic] = []

  /// The files; where two from different named folders share a name, both go by their whole paths.
  var files: [ExtractFile] {
    var counts: [Text: Int] = [:]
    for file in found.values { counts[Text(file.relativePath), default: 0] += 1 }
    return found.values.map { file in
      guard counts[Text(file.relativePath)] != 1 else { return file }
      let path = file.path.hasPrefix("./") ? String(file.path.dropFirst(2)) : file.path
      return ExtractFile(path: file.path, relativePath: path)
    }
  }

  /// Takes a path that the user named, or everything that it matches as a glob.
  mutating func takeAll(_ path: String) {
    let isThere = (try? FileStatus(at: path)) != nil
    guard !isThere, path.contains(where: { "*?[{".contains($0) }) else { return take(path) }
    let matches = expand(path)
    if matches.isEmpty {
      report(path, "nothing has a name like this", "Look at the names of the extracts")
    }
    for match in matches { take(match) }
  }

  /// Expands a glob, one part of its path at a time; hidden names are skipped.
  private func expand(_ glob: String) -> [String] {
    var found = [glob.hasPrefix("/") ? "/" : ""]
    for part in glob.split(separator: "/") {
      let isGlob = part.contains { "*?[{".contains($0) }
      found = found.flatMap { folder -> [String] in
        func below(_ name: String) -> String {
          folder.isEmpty || folder.hasSuffix("/") ? folder + name : folder + "/" + name
        }
        guard isGlob else { return [below(String(part))] }
        let entries = (try? names(inFolder: folder.isEmpty ? "." : folder)) ?? []
        let pattern = Glob(String(part))
        return entries.compactMap { $0 }.filter { $0.utf8.first != UInt8(ascii: ".") }
          .filter { pattern.matches($0) }.map(below)
      }
    }
    return found.filter { (try? FileStatus(at: $0)) != nil }
  }

  /// Takes a path that the user named.
  mutating func take(_ path: String) {
    do throws(SystemFault) {
      switch try FileStatus(at: path).kind {
      case .folder: search(path, relativeTo: "")
      case .file, .other, .link:
        let name = path.split(separator: "/").last.map(String.init) ?? path
        add(path, as: name)
      }
    } catch {
      report(
        path, "there is nothing to read here: \(error.words)",
        "Name a folder of extracts or a file that is there")
    }
  }

  private mutating func search(_ folder: String, relativeTo prefix: String) {
    let entries: [String?]
    do throws(SystemFault) {
      entries = try names(inFolder: folder)
    } catch {
      report(
        folder, "the folder cannot be read: \(error.words)",
        "Give casecheck's user leave to read it")
      return
    }
    // Lists written among the extracts must not be read as extracts by the next run.
    let names = Set(entries.compactMap { $0 })
    if !prefix.isEmpty, names.isSuperset(of: ["run.json", "exceptions.csv", "measures.csv"]) {
      return
    }
    for entry in entries {
      guard let name = entry else {
        report(
          folder, "a file in this folder has a name that is no valid UTF-8", "Rename the file")
        continue
      }
      if name.utf8.first == UInt8(ascii: ".") { continue }
      take(name, at: folder.hasSuffix("/") ? folder + name : folder + "/" + name, prefix + name)
    }
  }

  /// Takes an entry of a folder.
  private mutating func take(_ name: String, at path: String, _ relativePath: String) {
    do throws(SystemFault) {
      switch try FileStatus(notFollowing: path).kind {
      case .file: add(path, as: relativePath)
      case .folder:
        if exportNames.contains(where: { $0.matches(name) }) {
          add(path, as: relativePath)
        }
        search(path, relativeTo: relativePath + "/")
      case .link:
        switch try FileStatus(at: path).kind {
        case .file: add(path, as: relativePath)
        case .folder, .link, .other:
          report(
            path, "this link does not lead to a file, and was not followed",
            "Put the files themselves here, or name the folder on the command line")
        }
      case .other:
        if exportNames.contains(where: { $0.matches(name) }) {
          report(path, "this is neither a file nor a folder", "Put the export here as a file")
        }
      }
    } catch {
      report(
        path, "this leads to nothing that can be read: \(error.words)",
        "Put the file where the link points, or remove the link")
    }
  }

  private mutating func add(_ path: String, as relativePath: String) {
    found[Text(path)] = ExtractFile(path: path, relativePath: relativePath)
  }

  private mutating func report(_ path: String, _ what: String, _ advice: String) {
    faults.append(Diagnostic(.error, at: SourcePosition(file: path, line: 1), what, advice: advice))
  }
}

private let exportNames = [Glob("*.{csv,txt,tsv,tab,psv,dat}")]
