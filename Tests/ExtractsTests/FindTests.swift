import Diagnostics
import Foundation
import Testing

@testable import Extracts

@Suite("Finding files")
struct FindTests {
  @Test(
    "Globs go by the file name, in any case",
    arguments: [
      ("assessments.csv", "assessments*.csv", true),
      ("a/b/ASSESSMENTS_2016.CSV", "assessments*.csv", true),
      ("assessments.csv.bak", "assessments*.csv", false),
      ("x/assessments.csv/y.txt", "*.csv", false),
      ("v1.csv", "v?.csv", true), ("v12.csv", "v?.csv", false), ("vé.csv", "v?.csv", true),
      ("É.csv", "e\u{301}.csv", true), ("b.csv", "[a-c].csv", true), ("B.csv", "[!a-c].csv", false),
      ("d.csv", "[^A-C].csv", true), ("].csv", "[]].csv", true), ("a-c.csv", "a[-]c.csv", true),
      ("a.tsv", "*.{csv,tsv}", true), ("ab.csv", "{a,b{b,c},}*.csv", true),
      ("x.txt", "*.{csv,tsv}", false),
      ("{a.csv", "{a.csv", true), ("[a.csv", "[a.csv", true), ("*.csv", "\\*.csv", true),
      ("x.csv", "\\*.csv", false), ("a.csv", "", false), ("", "*", true), ("abc", "***c", true),
      ("a,b", "a,b", true), ("\u{1F600}.csv", "?.csv", true),
    ])
  func globs(_ path: String, _ glob: String, _ matches: Bool) {
    #expect(fileMatches(path, glob: glob) == matches)
    let name = path.split(separator: "/").last ?? ""
    #expect(FooterPattern(glob).matches(name.utf8Span.span) == matches)
  }

  @Test("A hostile glob takes no time to speak of", .timeLimit(.minutes(1)))
  func hostileGlob() {
    let name = String(repeating: "a", count: 500) + "b"
    #expect(!fileMatches(name, glob: String(repeating: "*a", count: 100) + "c"))
    #expect(fileMatches(name, glob: String(repeating: "{a,*}", count: 50) + "b"))
  }

  @Test("Footers of ASCII match as globs do", arguments: 0..<6)
  func footers(_ seed: Int) {
    var generator = FixedGenerator(state: UInt64(seed) + 5)
    func text(_ letters: [Character]) -> String {
      String(
        (0..<Int.random(in: 0...8, using: &generator)).map { _ in
          letters.randomElement(using: &generator) ?? "a"
        })
    }
    for _ in 0..<500 {
      let pattern = text(["a", "B", "*", "*", "?"])
      let line = text(["a", "A", "b"])
      #expect(
        FooterPattern(pattern).matches(line.utf8Span.span) == Glob(pattern).matches(line),
        "\(pattern) on \(line)")
    }
  }

  @Test("A folder with all that is in it, hidden files left out, links followed to files only")
  func folder() throws {
    let folder = try Folder()
    for name in [
      "b.csv", "a/z.csv", "a.csv", ".hidden.csv", ".git/x.csv", "a/é.csv", "old.csv/x.csv",
    ] {
      try folder.write("x".utf8, to: name)
    }
    func link(_ name: String, _ target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    try link("linked.csv", "b.csv")
    try link("loop", ".")
    try link("dangling.csv", "nowhere")
    let found = findExtracts(at: [folder.path])
    #expect(
      found.files.map(\.relativePath) == [
        "a.csv", "a/z.csv", "a/é.csv", "b.csv", "linked.csv", "old.csv", "old.csv/x.csv",
      ])
    #expect(found.files[0].path == folder.path + "/a.csv")
    #expect(found.faults.count == 2)
    #expect(found.faults[0].description.contains("dangling.csv"))
    #expect(
      found.faults[1].description.contains("loop:1:1: error: this link does not lead to a file"))
  }

  @Test("Files by themselves go by their names; each is there once")
  func files() throws {
    let folder = try Folder()
    let b = try folder.write("x".utf8, to: "sub/b.csv")
    let a = try folder.write("x".utf8, to: "a.csv")
    let found = findExtracts(at: [b.path, a.path, b.path, folder.path + "/none.csv"])
    #expect(found.files.map(\.relativePath) == ["a.csv", "b.csv"])
    #expect(found.faults.count == 1)
    #expect(found.faults[0].description.contains("none.csv:1:1: error: "))
  }

  @Test("Two files of one name out of two folders are told apart by their paths")
  func sameNames() throws {
    let folder = try Folder()
    let a = try folder.write("x".utf8, to: "a/people.csv")
    let b = try folder.write("x".utf8, to: "b/people.csv")
    try folder.write("x".utf8, to: "b/visits.csv")
    let found = findExtracts(at: [folder.path + "/a", folder.path + "/b"])
    #expect(found.files.map(\.relativePath) == [a.path, b.path, "visits.csv"])
  }

  @Test("A pipe is no file to read records from", .timeLimit(.minutes(1)))
  func pipe() throws {
    let folder = try Folder()
    let path = folder.path + "/pipe.csv"
    try #require(unsafe mkfifo(path, 0o600) == 0)
    #expect(findExtracts(at: [folder.path]).files.isEmpty)
    let reading = read([ExtractFile(path: path, relativePath: "pipe.csv")], as: visits)
    #expect(reading.faults == ["notDelimitedText"])
  }
}
