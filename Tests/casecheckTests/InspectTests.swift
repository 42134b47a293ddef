import Foundation
import TestSupport
import Testing

/// `inspect` as a newcomer meets it, with an export and the rules in the current folder.
@Suite("Inspect")
struct InspectTests {
  private static let table = """
    table: people
    files: ["people*.csv"]
    primaryKey: person_id
    fields:
      - {name: person_id, headings: [Person ID]}
      - {name: name, headings: [Name]}
    """

  private func scratch(rules folder: String) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.table, to: "\(folder)/people.yaml")
    try scratch.write("Person ID,Name\n1,Ann\n2,Bob\n", to: "people.csv")
    return scratch
  }

  @Test("rules to which a link leads are read, as a run reads them")
  func linkedRules() throws {
    let scratch = try scratch(rules: "elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: scratch.path("Rules"), withDestinationPath: scratch.path("elsewhere"))
    let outcome = try BuiltProgram().run(["inspect", "people.csv"], in: scratch.url)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("\n  table       people, by its file name\n"))
  }

  @Test("where no rules were read, the report says so and why")
  func noRules() throws {
    let scratch = try scratch(rules: "elsewhere")
    func table() throws -> Substring? {
      let outcome = try BuiltProgram().run(["inspect", "people.csv"], in: scratch.url)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output.split(separator: "\n").first { $0.hasPrefix("  table ") }
    }
    let start = "  table       none: no rules were read ("
    #expect(try table() == "\(start)there is no folder Rules here; name it with --rules)")
    try FileManager.default.createDirectory(
      atPath: scratch.path("Rules"), withIntermediateDirectories: false)
    #expect(try table() == "\(start)the folder Rules is empty; name another with --rules)")
    let missing = try BuiltProgram().run(
      ["inspect", "people.csv", "--rules", "none"], in: scratch.url)
    #expect(missing.status == 2)
  }
}
