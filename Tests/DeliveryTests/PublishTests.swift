import Foundation
import SystemPackage
import Testing

@testable import Delivery

struct PublishTests {
  @Test func makesWhatIsMissing() throws {
    let scratch = try Scratch()
    try publish(run("new"), to: scratch("srv/casecheck/out/"))
    #expect(try scratch.tree("srv/casecheck") == tree(ofRun: "new", in: "srv/casecheck/out"))
  }

  @Test func replacesTheOldOutputAsAWhole() throws {
    let scratch = try Scratch()
    try publish(run("old") + [("rejects/a.csv", [1]), ("extra.txt", [2])], to: scratch("out"))
    try publish(run("new") + [("extra.txt", [3])], to: scratch("out"))
    var expected = tree(ofRun: "new")
    expected["out/extra.txt"] = "\u{3}"
    #expect(try scratch.tree() == expected)
  }

  @Test func writesFilesTogether() throws {
    let scratch = try Scratch()
    // More files than are kept open at once, each written to twice.
    let paths = ["run.json"] + (0..<300).map { "teams/t\($0)/exceptions.csv" }
    let group = OutputFiles(paths: paths) { put in
      for round in ["a", "b"] {
        for number in paths.indices { try put(number, Array("\(round)\(number)".utf8)) }
      }
    }
    _ = try publish([group], to: scratch("out"), stop: CleanStop(), confirm: {})
    var expected: [String: String] = [:]
    for (number, path) in paths.enumerated() { expected["out/" + path] = "a\(number)b\(number)" }
    #expect(try scratch.tree().filter { !$0.key.hasSuffix("/") } == expected)
  }

  @Test func takesAnEmptyFolderAndLitter() throws {
    let scratch = try Scratch()
    try scratch.makeFolder("out")
    try publish(run("old"), to: scratch("out"))
    try scratch.write("x", to: "out/.DS_Store")
    try scratch.write("x", to: "out/.~lock.exceptions.csv#")
    try publish(run("new"), to: scratch("out"))
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }

  @Test(arguments: [AccessModes.ownerOnly, AccessModes(file: 0o664, folder: 0o775)])
  func givesModesWhateverTheUmask(_ modes: AccessModes) throws {
    let scratch = try Scratch()
    try publish(run("new"), to: scratch("lists/out"), modes: modes)
    for name in ["lists", "lists/out", "lists/out/teams", "lists/out/teams/alpha"] {
      #expect(try scratch.mode(of: name) == Int(modes.folder))
    }
    for name in ["lists/out/run.json", "lists/out/teams/alpha/exceptions.csv"] {
      #expect(try scratch.mode(of: name) == Int(modes.file))
    }
  }

  @Test func leavesAReaderWhatItHasOpen() throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    let reader = try #require(FileHandle(forReadingAtPath: scratch("out/exceptions.csv")))
    try publish(run("new"), to: scratch("out"))
    #expect(try reader.readToEnd() == Data("old".utf8))
    #expect(try scratch.tree() == tree(ofRun: "new"))
  }

  @Test func isNeverMissing() async throws {
    let scratch = try Scratch()
    let place = scratch("out/run.json")
    try publish(run("0"), to: scratch("out"))
    let watcher = Task.detached {
      var (looks, misses) = (0, 0)
      while !Task.isCancelled {
        looks += 1
        misses += FileManager.default.fileExists(atPath: place) ? 0 : 1
      }
      return (looks: looks, misses: misses)
    }
    for number in 1...20 {
      try publish(run("\(number)"), to: scratch("out"))
      await Task.yield()
    }
    watcher.cancel()
    let seen = await watcher.value
    #expect(seen.misses == 0)
    #expect(seen.looks > 20)
  }

  @Test(arguments: ["../a", "/a", "", ".", "..", "a/../b", "a/..", "a\0b"])
  func refusesPathsThatLeadOut(_ path: String) throws {
    let scratch = try Scratch()
    try publish(run("old"), to: scratch("out"))
    #expect(throws: DeliveryFault.unsafePath(file: path)) {
      try publish(run("new") + [(path, [1])], to: scratch("out"))
    }
    #expect(try scratch.tree() == tree(ofRun: "old"))
  }

  @Test func refusesOneFileTwice() throws {
    let scratch = try Scratch()
    #expect(throws: DeliveryFault.self) {
      try publish(run("new") + [("run.json", [1])], to: scratch("out"))
    }
    #expect(try scratch.tree() == [:])
  }
}
