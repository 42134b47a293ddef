import Foundation
import Testing

import Values

@testable import Extracts

/// The path of python3, if it is installed.
private let python = ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]
  .first { FileManager.default.isExecutableFile(atPath: $0) }

/// Prints each record as Python's strict reader reads it, with the line on which it starts.
private let script = """
  import csv, sys, json
  rows = []
  with open(sys.argv[1], newline='', encoding='utf-8') as file:
      reader = csv.reader(file, strict=True)
      before = 0
      for row in reader:
          rows.append([before + 1, row])
          before = reader.line_num
  print(json.dumps([r for r in rows if r[1]]))
  """

@Suite(
  "Against Python's csv module", .enabled(if: python != nil, "python3 is not there to compare with")
)
struct PythonTests {
  private struct PythonRow: Decodable, Equatable {
    var line: Int
    var fields: [String]

    init(line: Int, fields: [String]) {
      self.line = line
      self.fields = fields
    }

    init(from decoder: any Decoder) throws {
      var parts = try decoder.unkeyedContainer()
      line = try parts.decode(Int.self)
      fields = try parts.decode([String].self)
    }
  }

  private func cell(_ generator: inout FixedGenerator) -> String {
    let pieces = ["a", " ", ",", "\"", "\n", "\r\n", "é", "😀", "b c", "x", ""]
    let count = Int.random(in: 0...5, using: &generator)
    let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
    let needsQuotes = text.contains { $0 == "," || $0 == "\"" || $0.isNewline }
    guard needsQuotes || Bool.random(using: &generator) else { return text }
    return "\"" + text.replacing("\"", with: "\"\"") + "\""
  }

  @Test("The same records on the same lines", arguments: 0..<6, [1, 7, 1 << 20])
  func records(_ seed: Int, chunkSize: Int) throws {
    var generator = FixedGenerator(state: UInt64(seed) + 77)
    let names = ["one", "two", "three", "four"]
    var text = names.joined(separator: ",") + "\r\n"
    for number in 0..<200 {
      let cells = (1..<4).map { _ in cell(&generator) }
      text += "k\(number)," + cells.joined(separator: ",")
      text += Bool.random(using: &generator) ? "\n" : "\r\n"
      if Int.random(in: 0..<10, using: &generator) == 0 { text += "\n" }
    }
    let folder = try Folder()
    let file = try folder.write(text.utf8, to: "a.csv")
    var definition = table(field("one"), field("two"), field("three"), field("four"), key: "one")
    definition.missingValues = []
    definition.multilineFields = [1, 2, 3]
    let ours = read([file], as: definition, chunkSize: chunkSize)
    let process = Process()
    process.executableURL = URL(filePath: try #require(python))
    process.arguments = ["-c", script, file.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let theirs = try JSONDecoder().decode([PythonRow].self, from: output).dropFirst()
    // casecheck rejects a note whose lines look like records; Python does not.
    let swallowed = Set(ours.table.rejects.map(\.line))
    let expected = theirs.filter { !swallowed.contains($0.line) }
    let columns = names.map { ours.texts(of: $0) }
    let got = (0..<ours.table.rowCount).map { row in
      PythonRow(line: Int(ours.table.lines[row]), fields: columns.map { $0[row] })
    }
    #expect(got == Array(expected))
    #expect(got.count > 150)
  }
}
