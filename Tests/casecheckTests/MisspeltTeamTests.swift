import Foundation
import TestSupport
import Testing

/// A team that was no more than a misspelling on a child's record.
@Suite("Misspelt teams")
struct MisspeltTeamTests {
  private static let rules = """
    table: teams
    files: ["teams*.csv"]
    primaryKey: name
    fields: [{name: name}]
    ---
    table: people
    files: ["people*.csv"]
    primaryKey: person_id
    person: person_id
    owner: {team: team}
    fields: [{name: person_id}, {name: team}]
    foreignKeys:
      - {fields: team, reference: {table: teams, fields: name}, as: team_row}
    ---
    table: visits
    files: ["visits*.csv"]
    primaryKey: visit_id
    person: person_id
    owner: {team: person.team}
    fields: [{name: visit_id}, {name: person_id}, {name: seen}]
    foreignKeys:
      - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
    ---
    rules:
      - {rule: child-seen, for: visits, check: seen == 'y'}
    """

  /// Runs on six children with twelve visits each, of whom the first is in the given team, or gone.
  private func run(
    _ scratch: ScratchFolder, _ asOf: String, first: String?
  ) throws -> BuiltProgram.Outcome {
    let children = (first == nil ? 2 : 1)...6
    let people = children.map { "P\($0),\($0 == 1 ? first ?? "" : "East")\n" }
    let visits = children.flatMap { child in (1...12).map { "V\(child)-\($0),P\(child),y\n" } }
    try scratch.write(Self.rules, to: "rules.yaml")
    try scratch.write("name\nEast\n", to: "x/teams.csv")
    try scratch.write("person_id,team\n" + people.joined(), to: "x/people.csv")
    try scratch.write("visit_id,person_id,seen\n" + visits.joined(), to: "x/visits.csv")
    return try BuiltProgram().run([
      "validate", scratch.path("x"), "--rules", scratch.path("rules.yaml"), "--as-of", asOf,
      "--out", scratch.path("out"), "--ledger", scratch.path("l.sqlite"),
    ])
  }

  @Test("putting the name right is no loss of a team")
  func putRight() throws {
    let scratch = try ScratchFolder()
    #expect(try run(scratch, "2016-03-01", first: "Esat").status == 1)
    let mended = try run(scratch, "2016-03-02", first: "East")
    #expect(mended.status == 0, "\(mended.output)")
    #expect(mended.output.contains("1 put right"), "\(mended.output)")
    #expect(!mended.errors.contains("Esat"), "\(mended.errors)")
    #expect(!mended.output.contains("not known"), "\(mended.output)")
  }

  @Test("a child that has gone with the misspelt name is still told")
  func gone() throws {
    let scratch = try ScratchFolder()
    #expect(try run(scratch, "2016-03-01", first: "Esat").status == 1)
    let lost = try run(scratch, "2016-03-02", first: nil)
    #expect(lost.errors.contains("Esat: no"), "\(lost.errors)")
  }
}
