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

  @Test(
    "a first table can be drafted where the rules have none yet, and it is said that they have none",
    arguments: [
      (nil, "casecheck: No rules were read to know an export by: there is no folder Rules here"),
      ("notes.txt", "Rules:1:1: warning: this folder holds no rule file by which an export"),
      ("days.yaml", "Rules:1:1: warning: these rules define no table by which an export could be"),
    ])
  func draftFromNothing(_ file: String?, _ said: String) throws {
    let scratch = try ScratchFolder()
    try scratch.write("Person ID,Name\n1,Ann\n2,Bob\n", to: "people.csv")
    if let file {
      try scratch.write("calendar: ours\nholidays: [2016-01-01]\n", to: "Rules/\(file)")
    }
    let outcome = try BuiltProgram().run(["inspect", "people.csv", "--draft"], in: scratch.url)
    #expect(outcome.status == 0)
    #expect(outcome.output.contains("\ntable: people\n"), "\(outcome.output)")
    #expect(outcome.errors.contains(said), "\(outcome.errors)")
    let looked = try BuiltProgram().run(["inspect", "people.csv"], in: scratch.url)
    #expect(looked.status == 0 && looked.output.contains("\n  table       none"))
    // What judges by the rules does not go on without a table.
    let listed = try BuiltProgram().run(["rules", "check"], in: scratch.url)
    #expect(listed.status == 2)
  }
}
