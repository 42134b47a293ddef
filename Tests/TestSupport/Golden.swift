public import Foundation
public import Testing

/// Compares a text with the golden file of that name in `Goldens` beside the test.
///
/// With `RECORD_GOLDENS` set it writes the file and fails, so that a recording never passes for a
/// check.
public func expectGolden(
  _ text: String, _ name: String, filePath: String = #filePath,
  sourceLocation: SourceLocation = #_sourceLocation
) throws {
  let file = URL(fileURLWithPath: filePath).deletingLastPathComponent()
    .appendingPathComponent("Goldens").appendingPathComponent(name)
  if ProcessInfo.processInfo.environment["RECORD_GOLDENS"] != nil {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    Issue.record(
      "Recorded \(name); read the diff before you commit it.", sourceLocation: sourceLocation)
    return
  }
  let expected = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  guard text != expected else { return }
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
  let wanted = expected.split(separator: "\n", omittingEmptySubsequences: false)
  let different = zip(lines, wanted).enumerated().first { $1.0 != $1.1 }
  Issue.record(
    "\(name) differs from line \(different.map { $0.offset + 1 } ?? min(lines.count, wanted.count) + 1): \(different.map { "\($0.element.0) | golden: \($0.element.1)" } ?? "one is longer")",
    sourceLocation: sourceLocation)
}

/// The folder of the whole project.
public let projectFolder = URL(fileURLWithPath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
