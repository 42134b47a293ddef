import Foundation
import TestSupport
import Testing

/// The samples as the README runs them: lists by golden file, and every planted fault found.
@Suite("Samples")
struct SampleTests {
  private func run(_ out: String, _ arguments: String...) throws -> BuiltProgram.Outcome {
    try BuiltProgram().run(
      [
        "validate", "Samples/paris", "--rules", "Rules", "--as-of", "2016-01-31", "--out", out,
      ] + arguments, in: projectFolder)
  }

  private func text(_ path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
  }

  @Test("the lists are the golden ones")
  func goldenLists() throws {
    let scratch = try ScratchFolder()
    // Run from a folder of its own, so that the output holds no path of this machine.
    let outcome = try BuiltProgram().run(
      [
        "validate", projectFolder.appendingPathComponent("Samples/paris").path, "--rules",
        projectFolder.appendingPathComponent("Rules").path, "--as-of", "2016-01-31", "--out", "OUT",
      ], in: scratch.url)
    #expect(outcome.status == 1, "\(outcome.errors)")
    try expectGolden(try text(scratch.path("OUT/exceptions.csv")), "paris-exceptions.csv")
    try expectGolden(outcome.output, "paris-summary.txt")
  }

  @Test("every planted fault is found, by the rule that should find it")
  func plantedFaults() throws {
    let scratch = try ScratchFolder()
    _ = try run(scratch.path("OUT"))
    let found = csvRows(try text(scratch.path("OUT/exceptions.csv")))
    let readme = try text(projectFolder.appendingPathComponent("Samples/README.md").path)
    let planted = readme.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
      .filter { $0.count >= 5 && Int($0[1]) != nil }
    #expect(planted.count > 100)
    for row in planted {
      let file = row[0].replacing("`", with: "")
      let rules = row[4].split(separator: ",").map {
        $0.trimmingCharacters(in: .whitespaces).replacing("`", with: "")
      }
      for rule in rules {
        #expect(
          found.contains {
            $0["source_file"] == file && $0["source_line"] == row[1] && $0["rule"] == rule
          }, "\(file):\(row[1]) \(rule)")
      }
    }
  }

  @Test("the same bytes from run to run and for any number of threads", arguments: [2, 5])
  func sameBytes(threads: Int) throws {
    let scratch = try ScratchFolder()
    _ = try run(scratch.path("A"), "--threads", "1")
    _ = try run(scratch.path("B"), "--threads", String(threads))
    let files = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("A"))
    let others = try FileManager.default.subpathsOfDirectory(atPath: scratch.path("B"))
    #expect(files.sorted() == others.sorted())
    var count = 0
    for file in files where file.contains(".") {
      let a = try Data(contentsOf: URL(fileURLWithPath: scratch.path("A/" + file)))
      let b = try Data(contentsOf: URL(fileURLWithPath: scratch.path("B/" + file)))
      #expect(a == b, "\(file)")
      count += 1
    }
    #expect(count > 6)
  }
}
