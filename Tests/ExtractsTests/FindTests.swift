import Diagnostics
import Foundation
import Testing
import Values

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

  @Test("What a run wrote among the extracts is passed over, and nothing else that lies there")
  func ownOutput() throws {
    let folder = try Folder()
    let runFile = "{\n  \"program\": \"casecheck\",\n"
    let own = [
      "run.json", "exceptions.csv", "rejects/people.csv", "rules/a.html",
      "teams/east/exceptions.csv", "teams/east/drift.2.html",
    ]
    for name in own { try folder.write(runFile.utf8, to: "lists/2016-01-31/" + name) }
    // Such names are nobody's where casecheck wrote no run.json.
    for name in own { try folder.write("{}".utf8, to: "mine/" + name) }
    let others = ["people_2.csv", "rejects/notes.txt", "teams/east/people.csv", "east/drift.csv"]
    for name in others { try folder.write("x".utf8, to: "lists/2016-01-31/" + name) }
    func link(_ name: String, _ target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    try link("lists/latest", "2016-01-31")
    let found = findExtracts(at: [folder.path])
    #expect(found.faults.isEmpty, "\(found.faults)")
    #expect(
      Set(found.files.map(\.relativePath))
        == Set(own.map { "mine/" + $0 } + others.map { "lists/2016-01-31/" + $0 }))
    // Nor where the folder is named itself; a file that is named is read, whatever it is.
    let place = folder.path + "/lists/2016-01-31"
    #expect(Set(findExtracts(at: [place]).files.map(\.relativePath)) == Set(others))
    #expect(findExtracts(at: [place + "/exceptions.csv"]).files.count == 1)
    // A link of that name to anywhere else is told.
    try link("latest", "lists/2016-01-31")
    let faults = findExtracts(at: [folder.path]).faults
    #expect(faults.count == 1)
    #expect(faults.first?.description.contains("/latest:1:1: error: this link") == true)
  }

  @Test(
    "One file in two spellings is there once, by the first",
    arguments: [
      ["{}", "{}/."], ["{}/a/../", "{}"], ["{}", "{}/a"], ["{}/link", "{}/a"],
      ["{}/a", "{}/a/../a/people.csv"], ["{}/a/people.csv", "{}/a/./people.csv"],
    ])
  func spellings(_ paths: [String]) throws {
    let folder = try Folder()
    let file = try folder.write("x".utf8, to: "a/people.csv")
    // A hard link of the same name is the same file; of another, another table may take it.
    try FileManager.default.createDirectory(
      atPath: folder.path + "/b", withIntermediateDirectories: false)
    try FileManager.default.linkItem(atPath: file.path, toPath: folder.path + "/b/people.csv")
    try FileManager.default.linkItem(atPath: file.path, toPath: folder.path + "/a/visits.csv")
    let links = try Folder()
    try FileManager.default.createSymbolicLink(
      atPath: links.path + "/link", withDestinationPath: folder.path + "/a")
    let paths = paths.map { path in
      path.hasSuffix("/link")
        ? links.path + "/link" : path.replacingOccurrences(of: "{}", with: folder.path)
    }
    let found = findExtracts(at: paths)
    #expect(found.faults.isEmpty)
    let names = found.files.map { $0.path.split(separator: "/").last ?? "" }
    let isFileAlone = paths.allSatisfy { $0.hasSuffix("people.csv") }
    #expect(names == (isFileAlone ? ["people.csv"] : ["people.csv", "visits.csv"]))
    if isFileAlone { #expect(found.files.map(\.path) == [paths[0]]) }
  }

  @Test(
    "A name begins as a glob does before its first wildcard or full stop",
    arguments: [
      ("people_2", "people*.csv", true), ("people.cvs", "people.csv", true),
      ("PEOPLE", "people*.csv", true), ("x/people_2.csv ", "people*.csv", true),
      ("people_1.json", "people_??.csv", true), ("peo.csv", "people*.csv", false),
      ("x/people/notes.json", "people*.csv", false), ("our_people", "people*.csv", false),
      ("ab.json", "ab*.csv", false), ("abc.json", "abc.csv", true), ("abc", "abc", true),
      ("visits.rpt", "{people,visits}*.csv", true), ("anything", "*.csv", false),
      ("1people", "[0-9]people.csv", false), ("a*b.json", "a\\*b.csv", true),
      ("É_1.json", "e\u{301}_1*.csv", true), ("", "*", false), ("people", "", false),
    ])
  func beginnings(_ path: String, _ glob: String, _ begins: Bool) {
    let file = ExtractFile(path: path, relativePath: path)
    #expect(filesBeginning(as: [glob], in: [file]).isEmpty == !begins)
  }

  @Test(
    "A file whose name is a table's but for its ending",
    arguments: [
      ("visits.csv.gz", .packed), ("x/VISITS_2.CSV.ZIP", .packed), ("visits.zip", .packed),
      ("visits_2016-01-31.zip", .packed), ("visits.xlsx", .workbook),
      ("visits (2).XLS", .workbook), ("visits.csv.xlsx", .workbook),
      ("visits.csv.part", .unfinished), (".visits.csv.filepart", .unfinished),
      ("visits.csv.txt", .renamed), ("visits.CSV.old", .renamed), ("visits 2.csv.gz.1", .renamed),
      ("visits.csv", nil), ("visits", nil), ("visits.docx", nil), ("visits notes.docx", nil),
      ("visits notes.xlsx", nil), ("visits_north.zip", nil), ("visits.part", nil),
      ("our_visits.csv.gz", nil), ("visits.csv/notes.gz", nil), (".visits.csv", nil),
      (".csv.gz", nil), ("list_1.xlsx", .workbook), ("list_1_2.zip", .packed),
      ("list_10.xlsx", nil), ("list_1.csv.gz", .packed), ("list_10.csv.gz", nil),
    ] as [(String, AlteredName?)])
  func alteredNames(_ path: String, _ alteration: AlteredName?) {
    let names = AlteredNames(of: ["visits*.csv", "list_1{,[!0-9]*}.csv"])
    let file = ExtractFile(path: path, relativePath: path)
    #expect(names.alteration(of: file) == alteration)
  }

  @Test("Hidden files that are still being written are found by themselves, in a folder only")
  func unfinished() throws {
    let folder = try Folder()
    for name in [
      ".a.csv.part", "x/.b.csv.filepart", ".c.csv.Ab12Cd", ".d.csv.backup", ".e.csv", ".f.TMP",
      ".git/g.csv.part", "h.csv.part",
    ] {
      try folder.write("x".utf8, to: name)
    }
    let found = findExtracts(at: [folder.path])
    #expect(found.files.map(\.relativePath) == ["h.csv.part"])
    #expect(
      found.unfinished.map(\.relativePath)
        == [".a.csv.part", ".c.csv.Ab12Cd", ".f.TMP", "x/.b.csv.filepart"])
  }

  @Test("What a glob matches and nobody can read is reported, as in a folder")
  func unreadableMatches() throws {
    let folder = try Folder()
    for name in [
      "a/visits_1.csv", "a/notes.txt", "a/visits_2.csv/x.csv", "a/.visits_3.csv.Ab12Cd",
      "a/visits_4.csv.part", "a/.notes.txt.Ab12Cd", "b", "d/people.csv", "d/.hidden.csv",
    ] {
      try folder.write("x".utf8, to: name)
    }
    for (name, target) in [("a/visits_5.csv", "nowhere"), ("c", "nowhere either")] {
      try FileManager.default.createSymbolicLink(
        atPath: folder.path + "/" + name, withDestinationPath: target)
    }
    // In Latin-1, which is no UTF-8.
    let bytes = Array((folder.path + "/a/visits_").utf8) + [0xE9] + Array(".csv".utf8) + [0]
    let made = unsafe bytes.withUnsafeBufferPointer { path in
      unsafe path.withMemoryRebound(to: CChar.self) { path -> Int32 in
        guard let start = path.baseAddress else { return -1 }
        return unsafe creat(start, 0o600)
      }
    }
    try #require(made >= 0)
    close(made)
    let found = findExtracts(at: [folder.path + "/*/*.csv"])
    #expect(
      found.files.map(\.relativePath) == ["people.csv", "visits_1.csv", "visits_2.csv", "x.csv"])
    #expect(
      found.unfinished.map(\.relativePath) == [".visits_3.csv.Ab12Cd", "visits_4.csv.part"])
    let words = found.faults.map { "\($0)".replacing(folder.path + "/", with: "") }
    #expect(
      words.map { $0.prefix { $0 != "," }.replacing(/: (no such|Name).*/, with: "") } == [
        "a:1:1: error: a file in this folder has a name that is no valid UTF-8. Rename the file.",
        "a/visits_5.csv:1:1: error: there is nothing to read here",
        "c:1:1: error: the folder cannot be read",
      ])
    // A part that is written out and is not everywhere is looked for where it is.
    let named = findExtracts(at: [folder.path + "/*/people.csv", folder.path + "/none/*.csv"])
    #expect(named.files.map(\.relativePath) == ["people.csv"])
    #expect(named.faults.count == 1)
    #expect(
      named.faults.first?.description.contains("/none/*.csv:1:1: error: nothing has a name like")
        == true)
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
