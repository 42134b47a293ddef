import Foundation
import TestSupport

/// The tables, records and runs that the nights have in common.
extension PutRightTests {
  static let tables = """
    table: people
    files: ["people*.csv"]
    primaryKey: person_id
    person: person_id
    owner: {team: team, worker: worker}
    fields:
      - {name: person_id, constraints: {pattern: "P[0-9]+"}}
      - {name: team}
      - {name: worker}
    foreignKeys:
      - {fields: worker, reference: {table: workers, fields: worker_id}, as: worker_row}
    ---
    table: workers
    files: ["workers*.csv"]
    primaryKey: worker_id
    fields:
      - {name: worker_id}
    ---
    table: plans
    files: ["plans*.csv"]
    primaryKey: plan_id
    person: person_id
    owner: {team: person.team, worker: person.worker}
    fields:
      - {name: plan_id}
      - {name: person_id}
      - {name: started_on, type: date}
      - {name: ended_on, type: date}
      - {name: replaces}
      - {name: seen}
    foreignKeys:
      - {fields: person_id, reference: {table: people, fields: person_id}, as: person}
      - {fields: replaces, reference: {table: plans, fields: plan_id}, as: replaced}
    ---

    """

  static let headings = [
    "people": "person_id,team,worker", "workers": "worker_id",
    "plans": "plan_id,person_id,started_on,ended_on,replaces,seen",
  ]

  /// Two workers, and children of theirs: the first four are East's.
  static let people = (1...8).map { "P\($0),\($0 < 5 ? "East" : "West"),W\($0 % 2)" }
  static let workers = ["W0", "W1"]
  /// Plans that nothing is wrong with.
  static let done = (5...16).map { "L\($0),P\($0 % 4 + 5),01/02/2016,05/02/2016,,y" }

  /// Two plans that are overdue, of children of East's.
  static let east = ["L1,P1,01/01/2016,,,y", "L2,P2,01/01/2016,,,y"]

  static let ended =
    "rules: [{rule: r, for: plans, deadline: {from: started_on, within: 5 days, to: ended_on}}]"

  /// The rows of the tables under their headings; children and workers are as usual where not named.
  static func extracts(_ rows: [String: [String]]) -> [String: [String]] {
    var extracts: [String: [String]] = [:]
    for (table, heading) in headings {
      let usual = ["people": people, "workers": workers][table]
      extracts[table] = (rows[table] ?? usual).map { [heading] + $0 }
    }
    return extracts
  }

  /// Runs on the lines of each table, in the night of that number from 0.
  func run(
    _ scratch: ScratchFolder, night: Int, _ extracts: [String: [String]], _ options: [String] = []
  ) throws -> BuiltProgram.Outcome {
    for (table, lines) in extracts {
      try scratch.write(lines.map { $0 + "\n" }.joined(), to: "x\(night)/\(table).csv")
    }
    return try BuiltProgram().run(
      [
        "validate", scratch.path("x\(night)"), "--rules", scratch.path("rules.yaml"), "--as-of",
        "2016-03-0\(night + 1)", "--out", scratch.path("out\(night)"), "--ledger",
        scratch.path("l.sqlite"), "--format", "csv",
      ] + options)
  }
}
