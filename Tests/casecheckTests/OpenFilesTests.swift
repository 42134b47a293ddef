import Foundation
import TestSupport
import Testing

/// Extracts that come as very many files.
@Suite("Many files")
struct OpenFilesTests {
  @Test("more long extracts than a process may have open at once are all read")
  func read() throws {
    let scratch = try ScratchFolder()
    try scratch.write(
      "table: visits\nfiles: [\"visits*.csv\"]\nprimaryKey: id\nfields: [{name: id}, {name: note}]\n",
      to: "rules/visits.yaml")
    let note = String(repeating: "x", count: 1_000)
    // Longer than what is read of each at once, so that each stays open.
    for file in 1...60 {
      let rows = (1...300).map { "V\(file)-\($0),\(note)\n" }.joined()
      try scratch.write("id,note\n" + rows, to: "extracts/visits_\(file).csv")
    }
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    shell.arguments = [
      "-c", "ulimit -S -n 40; exec \"$@\"", "sh", BuiltProgram.url.path, "validate",
      scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of", "2016-01-31", "--out",
      scratch.path("out"), "--quiet",
    ]
    shell.standardOutput = FileHandle.nullDevice
    shell.standardError = FileHandle.nullDevice
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
  }
}
