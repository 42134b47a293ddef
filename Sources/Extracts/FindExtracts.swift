public import Diagnostics
import OutputNames
import Values

/// What was found where extracts were looked for.
public struct FoundExtracts: Sendable {
  /// The files, sorted by the bytes of their relative path.
  public var files: [ExtractFile]
  /// Hidden files that another program may still be writing, in the same order.
  public var unfinished: [ExtractFile]
  /// What could not be looked at.
  public var faults: [Diagnostic]
}

/// Finds the files of the extracts: each named file, and all files in each named folder.
///
/// Hidden files are skipped, and so is what casecheck itself wrote into the folder of a run; links
/// are followed only to files. A folder with the name of an export, such as `visits.csv`, is listed
/// too, so that reading its table reports the fault. A file that is named in two ways is there once.
public func findExtracts(at paths: [String]) -> FoundExtracts {
  var search = ExtractSearch()
  for path in paths { search.takeAll(path) }
  func sorted(_ files: [ExtractFile]) -> [ExtractFile] {
    files.sorted {
      (Text($0.relativePath), Text($0.path)) < (Text($1.relativePath), Text($1.path))
    }
  }
  return FoundExtracts(
    files: sorted(search.files), unfinished: sorted(Array(search.unfinished)),
    faults: search.faults.sorted())
}

private struct ExtractSearch {
  /// One file under one name: tables go by names, so that a link of another name is another file.
  private struct Key: Hashable {
    /// What the file is, and not where: `./x`, `x/.` and the whole path lead to one folder.
    var version: [Int]
    /// Bytes, because Swift's strings treat two ways of writing `é` as one.
    var name: Text
  }

  private struct Found {
    var file: ExtractFile
    /// Whether the user named the file itself, and not only a folder that holds it.
    var isNamed: Bool
  }

  private var found: [Key: Found] = [:]
  private(set) var unfinished: Set<ExtractFile> = []
  private(set) var faults: [Diagnostic] = []

  /// The files; where two from different named folders share a name, both go by their whole paths.
  var files: [ExtractFile] {
    var counts: [Text: Int] = [:]
    let all = found.values.map(\.file)
    for file in all { counts[Text(file.relativePath), default: 0] += 1 }
    return all.map { file in
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
    for match in matches {
      let name = Self.lastName(of: match)
      if let status = try? FileStatus(at: match), status.kind == .folder,
        exportNames.contains(where: { $0.matches(name) })
      {
        add(match, as: name, status)
      }
      take(match)
    }
  }

  /// Expands a glob, one part of its path at a time; hidden names are skipped.
  ///
  /// What is there and cannot be looked at is among what is found, so that whoever takes it reports
  /// it.
  private mutating func expand(_ glob: String) -> [String] {
    let parts = glob.split(separator: "/")
    var found = [glob.hasPrefix("/") ? "/" : ""]
    for (index, part) in parts.enumerated() {
      let isGlob = part.contains { "*?[{".contains($0) }
      found = found.flatMap { folder in
        isGlob
          ? matches(of: Glob(String(part)), in: folder, isLast: index == parts.count - 1)
          : [Self.below(folder, String(part))]
      }
    }
    return found.filter { path in
      do throws(SystemFault) {
        _ = try FileStatus(notFollowing: path)
        return true
      } catch {
        return !error.meansNothingIsThere
      }
    }
  }

  private mutating func matches(of glob: Glob, in folder: String, isLast: Bool) -> [String] {
    let entries: [String?]
    do throws(SystemFault) {
      entries = try names(inFolder: folder.isEmpty ? "." : folder)
    } catch {
      let isThere = (try? FileStatus(notFollowing: folder)) != nil
      if !error.meansNothingIsThere || isThere && !error.meansNoFolder {
        reportUnreadable(folder, error)
      }
      return []
    }
    reportUnreadableNames(entries, in: folder)
    let names = entries.compactMap(\.self)
    if isLast {
      for name in names where AlteredName.isUnfinished(name, of: glob) {
        let path = Self.below(folder, name)
        guard (try? FileStatus(notFollowing: path))?.kind == .file else { continue }
        unfinished.insert(ExtractFile(path: path, relativePath: name))
      }
    }
    return names.filter { $0.utf8.first != UInt8(ascii: ".") && glob.matches($0) }
      .map { Self.below(folder, $0) }
  }

  private static func below(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : join(folder, name)
  }

  private static func lastName(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// Takes a path that the user named.
  mutating func take(_ path: String) {
    do throws(SystemFault) {
      let status = try FileStatus(at: path)
      switch status.kind {
      case .folder: search(path, relativeTo: "", below: nil)
      case .file, .other, .link:
        add(path, as: Self.lastName(of: path), status, isNamed: true)
      }
    } catch {
      report(
        path, "there is nothing to read here: \(error.words)",
        "Name a folder of extracts or a file that is there")
    }
  }

  /// Looks through a folder, whose path in the output of a run that holds it is `output`.
  ///
  /// Lists written among the extracts must not be read as extracts by the next run; whatever else
  /// lies there is somebody's export.
  private mutating func search(_ folder: String, relativeTo prefix: String, below output: String?) {
    let entries: [String?]
    do throws(SystemFault) {
      entries = try names(inFolder: folder)
    } catch {
      return reportUnreadable(folder, error)
    }
    reportUnreadableNames(entries, in: folder)
    let output = Self.isOutput(folder) ? "" : output
    // In one order, so that of two names for one file the same is kept on every machine.
    for name in entries.compactMap({ $0 }).sorted(by: { Text($0) < Text($1) }) {
      if name.utf8.first != UInt8(ascii: ".") {
        take(name, in: folder, relativeTo: prefix, below: output)
      } else if output == nil, AlteredName.isUnfinished(hidden: name),
        (try? FileStatus(notFollowing: Self.join(folder, name)))?.kind == .file
      {
        unfinished.insert(
          ExtractFile(path: Self.join(folder, name), relativePath: prefix + name))
      }
    }
  }

  /// Takes an entry of a folder.
  private mutating func take(
    _ name: String, in folder: String, relativeTo prefix: String, below output: String?
  ) {
    let (path, relativePath) = (Self.join(folder, name), prefix + name)
    do throws(SystemFault) {
      let status = try FileStatus(notFollowing: path)
      switch status.kind {
      case .file:
        if let output, RunOutput.hasFile(at: output + name) { return }
        add(path, as: relativePath, status)
      case .folder:
        if exportNames.contains(where: { $0.matches(name) }) {
          add(path, as: relativePath, status)
        }
        search(path, relativeTo: relativePath + "/", below: output.map { $0 + name + "/" })
      case .link:
        let target = try FileStatus(at: path)
        switch target.kind {
        case .file: add(path, as: relativePath, target)
        case .folder, .link, .other:
          if name == RunOutput.latest, Self.isOutput(path), isBeside(target, in: folder) { return }
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

  /// Whether a folder is the output of a run.
  private static func isOutput(_ folder: String) -> Bool {
    let file = join(folder, RunOutput.runFile)
    guard (try? FileStatus(notFollowing: file))?.kind == .file,
      let start = readFile(file, most: RunOutput.startOfRunFile)
    else { return false }
    return RunOutput.isRunFile(beginningWith: start)
  }

  /// Whether what a link leads to is itself in the folder, and so is looked through anyway.
  private func isBeside(_ target: FileStatus, in folder: String) -> Bool {
    let entries = (try? names(inFolder: folder)) ?? []
    return entries.compactMap { $0 }.contains { name in
      (try? FileStatus(notFollowing: Self.join(folder, name)))?.version == target.version
    }
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.hasSuffix("/") ? folder + name : folder + "/" + name
  }

  /// Adds a file by the first path that leads to it, or the first that names the file itself.
  private mutating func add(
    _ path: String, as relativePath: String, _ status: FileStatus, isNamed: Bool = false
  ) {
    let key = Key(version: status.version, name: Text(Self.lastName(of: path)))
    if let other = found[key], other.isNamed || !isNamed { return }
    found[key] = Found(
      file: ExtractFile(path: path, relativePath: relativePath), isNamed: isNamed)
  }

  private mutating func reportUnreadable(_ folder: String, _ fault: SystemFault) {
    report(
      folder, "the folder cannot be read: \(fault.words)",
      "Give casecheck's user leave to read it")
  }

  private mutating func reportUnreadableNames(_ entries: [String?], in folder: String) {
    for entry in entries where entry == nil {
      report(
        folder.isEmpty ? "." : folder,
        "a file in this folder has a name that is no valid UTF-8", "Rename the file")
    }
  }

  private mutating func report(_ path: String, _ what: String, _ advice: String) {
    faults.append(Diagnostic(.error, at: SourcePosition(file: path, line: 1), what, advice: advice))
  }
}

private let exportNames = [Glob("*.{csv,txt,tsv,tab,psv,dat}")]
