import Foundation
import Testing

@testable import Delivery

/// A folder for one test, removed when the test ends.
final class Scratch {
  let path: String

  init() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("casecheck-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    path = folder.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// The path of an entry in it.
  func callAsFunction(_ name: String) -> String { path + "/" + name }

  func makeFolder(_ name: String) throws {
    try FileManager.default.createDirectory(
      atPath: self(name), withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: self(name)))
  }

  func link(_ name: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: self(name), withDestinationPath: target)
  }

  /// Every path in it: files with their text, links with their target, folders ending in `/`.
  func tree(_ name: String = "") throws -> [String: String] {
    var found: [String: String] = [:]
    for entry in try FileManager.default.contentsOfDirectory(atPath: self(name)) {
      let inner = name.isEmpty ? entry : name + "/" + entry
      let url = URL(fileURLWithPath: self(inner))
      let values = try url.resourceValues(forKeys: [.isDirectoryKey, .isSymbolicLinkKey])
      if values.isSymbolicLink == true {
        found[inner] = "-> " + (try FileManager.default.destinationOfSymbolicLink(atPath: url.path))
      } else if values.isDirectory == true {
        found[inner + "/"] = ""
        found.merge(try tree(inner)) { a, _ in a }
      } else {
        found[inner] = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      }
    }
    return found
  }

  func mode(of name: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: self(name))[.posixPermissions] as? Int
  }
}

/// The files of a run, all with the same text.
func run(_ text: String) -> [(path: String, contents: [UInt8])] {
  ["exceptions.csv", "run.json", "teams/alpha/exceptions.csv", "teams/beta/exceptions.csv"].map {
    ($0, Array(contents(of: $0, text).utf8))
  }
}

/// The text of one file of a run; `run.json` also names casecheck, by which an output is known.
func contents(of path: String, _ text: String) -> String {
  path.hasSuffix("run.json") ? "{\n  \"program\": \"casecheck\"\n}\n\(text)" : text
}

/// What `Scratch.tree` shows for a run that was published as `out`.
func tree(ofRun text: String, in out: String = "out") -> [String: String] {
  var tree = [
    "\(out)/": "", "\(out)/teams/": "", "\(out)/teams/alpha/": "", "\(out)/teams/beta/": "",
  ]
  for file in run(text) { tree["\(out)/\(file.path)"] = contents(of: file.path, text) }
  return tree
}

/// Publishes files whose contents are known.
@discardableResult
func publish(
  _ files: [(path: String, contents: [UInt8])], to out: String, modes: AccessModes = .ownerOnly,
  calls: DiskCalls = DiskCalls(), confirm: () throws -> Void = {}
) throws -> [String] {
  let files = files.map { file in
    let contents = file.contents
    return OutputFiles(paths: [file.path]) { try $0(0, contents) }
  }
  return try publish(
    files, to: out, modes: modes, stop: CleanStop(), calls: calls, confirm: confirm)
}
