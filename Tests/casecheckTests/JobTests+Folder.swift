import Foundation
import TestSupport

extension JobTests {
  static let rules = """
    table: people
    files: ["people*.csv"]
    required: true
    primaryKey: person_id
    person: person_id
    owner: {team: team, worker: worker}
    fields:
      - {name: person_id, headings: [Person ID]}
      - {name: name, headings: [Name], constraints: {required: true}}
      - {name: team, headings: [Team]}
      - {name: worker, headings: [Worker]}
    ---
    table: visits
    files: ["visits*.csv"]
    primaryKey: visit_id
    person: person_id
    mayBeEmpty: true
    owner: {team: person.team, worker: person.worker}
    fields:
      - {name: visit_id, headings: [Visit ID]}
      - {name: person_id, headings: [Person ID]}
      - {name: planned_on, headings: [Planned], type: date}
      - {name: visited_on, headings: [Visited], type: date}
    foreignKeys:
      - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
    ---
    rules:
      - rule: visit-in-time
        title: Visits in time
        for: visits
        deadline: {from: planned_on, within: 10 days, to: visited_on, dueSoon: 5 days}
        fix: Visit.
    """

  /// A job over two tables; `more` goes into its configuration.
  func job(_ more: String = "") throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.rules, to: "rules/all.yaml")
    try scratch.write(
      """
      extracts: extracts
      rules: [rules]
      asOf: today
      out: lists/{asOf}
      ledger: ledger.sqlite
      waivers: waivers.csv
      \(more)
      """, to: "casecheck.yaml")
    try people(scratch)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,05/01/2016"])
    return scratch
  }

  func people(_ scratch: ScratchFolder, count: Int = 10) throws {
    let rows = (1...count).map { "\($0),Name \($0),\($0 < 6 ? "East" : "West"),W\($0)\n" }
    try scratch.write(
      "Person ID,Name,Team,Worker\n" + rows.joined(), to: "extracts/people.csv")
  }

  func visits(_ scratch: ScratchFolder, _ rows: [String]) throws {
    try scratch.write(
      "Visit ID,Person ID,Planned,Visited\n" + rows.map { $0 + "\n" }.joined(),
      to: "extracts/visits.csv")
  }

  func run(_ scratch: ScratchFolder, _ asOf: String, _ more: String...) throws
    -> BuiltProgram.Outcome
  {
    try run(scratch, asOf, more)
  }

  func run(_ scratch: ScratchFolder, _ asOf: String, _ more: [String]) throws
    -> BuiltProgram.Outcome
  {
    try BuiltProgram().run(
      ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", asOf] + more)
  }

  func rows(_ scratch: ScratchFolder, _ path: String) throws -> [[String: String]] {
    csvRows(
      String(
        decoding: try Data(contentsOf: URL(fileURLWithPath: scratch.path(path))), as: UTF8.self))
  }

  func summary(_ scratch: ScratchFolder, _ asOf: String) throws -> String {
    String(
      decoding: try Data(
        contentsOf: URL(fileURLWithPath: scratch.path("lists/\(asOf)/summary.json"))),
      as: UTF8.self)
  }

  /// Writes the visits of a week, the first of them made on a day or not at all, the others in time.
  func week(_ scratch: ScratchFolder, _ visited: String, count: Int = 20) throws {
    try visits(
      scratch,
      ["V1,1,04/01/2016,\(visited)"] + (2...count).map { "V\($0),1,04/01/2016,05/01/2016" })
  }
}
