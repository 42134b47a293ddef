import Foundation
import TestSupport
import Testing

/// Extracts that are not read because of what has become of their names.
@Suite("Altered extracts")
struct AlteredExtractTests {
  private static let rules = """
    table: people
    files: ["people*.csv"]
    primaryKey: id
    fields: [{name: id}]
    ---
    table: visits
    files: ["visits*.csv"]
    primaryKey: visit_id
    person: id
    fields: [{name: visit_id}, {name: id}]
    ---
    rules: [{rule: r, for: people, check: id != '0'}]

    """

  private func scratch(_ files: String...) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.rules, to: "rules.yaml")
    for file in ["people.csv"] + files {
      try scratch.write(
        file == "people.csv" ? "id\n1\n" : "visit_id,id\n\(file),1\n", to: "extracts/" + file)
    }
    return scratch
  }

  private func validate(_ scratch: ScratchFolder) throws -> BuiltProgram.Outcome {
    try BuiltProgram().run(
      [
        "validate", scratch.path("extracts"), "--rules", scratch.path("rules.yaml"), "--as-of",
        "2016-03-01", "--out", scratch.path("OUT"), "--quiet",
      ])
  }

  @Test(
    "the only file of a table that is not read is a fault; beside another it is a remark",
    arguments: [
      ("visits.csv.gz", "packed files are not read"), ("visits.xlsx", "workbooks are not read"),
      ("visits.zip", "packed files are not read"), ("visits.csv.part", "it is not whole"),
      ("visits.CSV.txt", "it has another ending"),
      (".visits.csv.filepart", "it is not whole"),
    ])
  func altered(_ name: String, _ words: String) throws {
    let alone = try scratch(name)
    let fault = try validate(alone)
    #expect(fault.status == 3, "\(fault.errors)")
    let said = "\(name): by its name this is the extract of visits, of which there is no other"
    #expect(fault.errors.contains(said), "\(fault.errors)")
    #expect(fault.errors.contains(words), "\(fault.errors)")
    #expect(!fault.errors.contains("no table takes this file"), "\(fault.errors)")

    try alone.write("visit_id,id\n1,1\n", to: "extracts/visits.csv")
    let remark = try validate(alone)
    #expect(remark.status == 0, "\(remark.errors)")
    #expect(remark.errors.contains("\(name): no table takes this file"), "\(remark.errors)")
  }

  @Test("a table without a file is no fault for files that only begin as its would")
  func strays() throws {
    let outcome = try validate(
      try scratch(
        "visits notes.docx", "visits notes.xlsx", "visits.docx", ".visits.csv", ".notes.tmp"))
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!outcome.errors.contains("by its name"), "\(outcome.errors)")
  }

  @Test("several are one fault, and that a table is required adds none")
  func several() throws {
    let scratch = try scratch("visits_1.csv.gz", "visits_2.csv.gz", "visits_3.csv.gz")
    try scratch.write(
      Self.rules.replacing("table: visits", with: "table: visits\nrequired: true"),
      to: "rules.yaml")
    let outcome = try validate(scratch)
    #expect(outcome.status == 3)
    #expect(outcome.errors.contains("visits_1.csv.gz: by its name"), "\(outcome.errors)")
    #expect(outcome.errors.contains("The same holds of 2 more files of it."), "\(outcome.errors)")
    #expect(!outcome.errors.contains("it is required"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("visits_2"), "\(outcome.errors)")
  }
}
