import Foundation
import TestSupport
import Testing

/// What may look as if it had been put right, but has only gone out of sight.
extension JobTests {
  @Test("a record whose child is no longer named puts no other child's in order")
  func nobodys() throws {
    let scratch = try job()
    try scratch.write(
      Self.rules.replacing(
        "{name: person_id, headings: [Person ID]}",
        with: "{name: person_id, headings: [Person ID], constraints: {required: true}}"),
      to: "rules/all.yaml")
    try scratch.write(
      "rules: [{rule: one-visit, for: people, check: 'this.visits.size() < 2'}]\n",
      to: "rules/more.yaml")
    let others = (3...9).map { "V\($0),\($0),04/01/2016,05/01/2016" }
    try visits(scratch, ["V1,1,04/01/2016,05/01/2016", "V2,1,04/01/2016,05/01/2016"] + others)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, ["V1,1,04/01/2016,05/01/2016", "V2,,04/01/2016,05/01/2016"] + others)
    #expect(try run(scratch, "2016-01-21").output.contains("not judged: 1 exception of one-visit"))
  }

  @Test(
    "that no record is left that had an exception is said also where one may be among the rejected")
  func allGone() throws {
    let scratch = try job()
    let made = (1...9).map { "V\($0),\($0),04/01/2016,05/01/2016" }
    try visits(scratch, made + ["V10,1,04/01/2016,", "V11,2,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, made + ["V10,1,04/01/2016,,", "W11,2,04/01/2016,"])
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.output.contains("perhaps among the rejected records: 1 exception"))
    #expect(outcome.errors.contains("no record that had an open exception (2) is in the extract"))
    let teams = try FileManager.default.contentsOfDirectory(
      atPath: scratch.path("lists/latest/teams"))
    let drift = try teams.flatMap { try rows(scratch, "lists/latest/teams/\($0)/drift.csv") }
    let why = drift.filter { $0["section"] == "not-judged" }.map { $0["message"] ?? "" }
    #expect(why.count == 1 && why.allSatisfy { $0.contains("look at the rejected records") })
  }

  @Test("records that have gone all at once, keys written anew, are not put right")
  func renamedKeys() throws {
    let scratch = try job()
    let made = (1...9).map { "V\($0),\($0),04/01/2016,05/01/2016" }
    try visits(scratch, made + ["V10,1,04/01/2016,", "V11,2,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, made + ["PAR-10,1,04/01/2016,", "PAR-11,2,04/01/2016,"])
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.errors.contains("no record that had an open exception (2) is in the extract"))
    #expect(outcome.output.contains("2 new, 0 worse, 0 put right, 0 reopened, 2 no longer looked"))
    // Keys that differ from the former only in case or in blanks are no proof of a correction
    // either.
    try visits(scratch, made + ["par-10,1,04/01/2016,", "\"PAR-11 \",2,04/01/2016,"])
    let again = try run(scratch, "2016-01-22")
    #expect(again.output.contains("2 new, 0 worse, 0 put right, 0 reopened, 2 no longer looked"))
  }

  @Test("what a team had open that is not in the extracts any more is not put right")
  func lostTeam() throws {
    let scratch = try job()
    let east = (1...12).map { "\($0),Name,East,W\($0)\n" }.joined()
    let visitsOfEast = (1...12).map { "V\($0),\($0),04/01/2016,\($0 == 1 ? "" : "05/01/2016")" }
    func people(_ more: String) throws {
      try scratch.write("Person ID,Name,Team,Worker\n" + east + more, to: "extracts/people.csv")
    }
    try people("21,Name,West,W1\n22,Name,West,W1\n")
    try visits(scratch, visitsOfEast + ["V21,21,04/01/2016,", "V22,22,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try people("")
    try visits(scratch, visitsOfEast)
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.output.contains("0 put right"), "\(outcome.output)")
    #expect(outcome.errors.contains("West: no record of this team in visits is judged any more"))
    #expect(outcome.output.contains("1 not known: nothing of the team was judged"))
    let summary = try String(
      contentsOfFile: scratch.path("lists/latest/summary.json"), encoding: .utf8)
    #expect(summary.contains("\"standing\": \"not known\""))
  }

  @Test(
    "codes in a file of their own, and the calendar, are of the rules: where they change, that is said"
  )
  func otherCodes() throws {
    let scratch = try job()
    try scratch.write(
      Self.rules + """

        ---
        codes: teams
        file: teams.csv
        ---
        calendar: ours
        holidays: [2016-01-01]
        covers: {from: 2016-01-01, to: 2017-12-31}
        ---
        calendar: theirs
        holidays: [2016-01-01]
        covers: {from: 2016-01-01, to: 2017-12-31}

        """, to: "rules/all.yaml")
    let listed = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
      .replacing("headings: [Team]}", with: "headings: [Team], codes: teams}")
    try scratch.write(listed, to: "rules/all.yaml")
    try scratch.write("code,label\nEast,East\n", to: "rules/teams.csv")
    let words = "are not those of the run"
    _ = try run(scratch, "2016-01-20", "--calendar", "ours")
    #expect(!(try run(scratch, "2016-01-21", "--calendar", "ours")).errors.contains(words))
    try scratch.write("code,label\nEast,East\nWest,West\n", to: "rules/teams.csv")
    #expect(try run(scratch, "2016-01-22", "--calendar", "ours").errors.contains(words))
    #expect(try run(scratch, "2016-01-23", "--calendar", "theirs").errors.contains(words))
    #expect(!(try run(scratch, "2016-01-24", "--calendar", "theirs")).errors.contains(words))
    func told(_ command: String...) throws -> String {
      try BuiltProgram().run(command + ["--ledger", scratch.path("ledger.sqlite")]).output
    }
    let changed = "The rules, or their parameters, have changed in between:"
    #expect(try told("diff", "2016-01-20", "2016-01-22").contains(changed))
    #expect(try !told("diff", "2016-01-20", "2016-01-21").contains(changed))
    let runs =
      "  2 runs had other rules or parameters than the run before, the last of them as of 2016-01-23:"
    #expect(try told("history").contains(runs))
    #expect(try !told("history", "--to", "2016-01-21").contains("had other rules"))
  }

  @Test("a record that refers to nobody any more may still be the child's")
  func dangling() throws {
    let scratch = try job()
    try scratch.write(
      """
      rules:
        - rule: others-seen
          title: T
          for: visits
          check: "!person.visits.exists(v, v.visit_id != visit_id && !given(v.visited_on))"
          list: drift
          fix: F
      """, to: "rules/more.yaml")
    try visits(scratch, ["V1,1,04/01/2016,", "V2,1,04/01/2016,05/01/2016"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    let people = try String(contentsOfFile: scratch.path("extracts/people.csv"), encoding: .utf8)
    try scratch.write(
      people.replacing("\n1,Name 1,", with: "\n99,Name 1,"), to: "extracts/people.csv")
    try visits(scratch, ["V1,1,04/01/2016,", "V2,99,04/01/2016,05/01/2016"])
    let told = try run(scratch, "2016-01-21")
    #expect(told.output.contains("still open, not judged: 1 exception of others-seen"))
    try visits(scratch, ["V1,99,04/01/2016,05/01/2016", "V2,99,04/01/2016,05/01/2016"])
    #expect(try run(scratch, "2016-01-22").status == 0)
  }
}
