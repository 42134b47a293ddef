import Foundation
import TestSupport
import Testing

/// What is agreed for a while, by whom, and what is said of it.
extension JobTests {
  @Test("a place in a file is not waived: another record may stand there tomorrow")
  func waivesNoPlace() throws {
    let scratch = try job()
    let refused = try BuiltProgram().run([
      "waive", "add", "--waivers", scratch.path("waivers.csv"), "--rule", "visits.row", "--record",
      "line:2", "--reason", "x", "--agreed-by", "y", "--until", "2030-01-01",
    ])
    #expect(refused.status == 64)
    try scratch.write(
      "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\nvisits.row,,line:2,,x,y,2016-01-01,2030-01-01,\n",
      to: "waivers.csv")
    #expect(try run(scratch, "2016-01-20").status == 2)
  }

  @Test("what is waived can be read again, and two people do not lose each other's waivers")
  func waivesSafely() async throws {
    let scratch = try job()
    func add(_ record: String, reason: String = "x", by person: String = "J Oak") throws -> Int32 {
      try BuiltProgram().run([
        "waive", "add", "--waivers", scratch.path("waivers.csv"), "--rule", "visit-in-time",
        "--record", record, "--reason", reason, "--agreed-by", person, "--agreed-on", "2016-01-01",
        "--until", "2030-01-01",
      ]).status
    }
    #expect(try add("V1\nV2") == 64)
    #expect(try add("V1", by: "J\nOak") == 64)
    #expect(try add("V1", reason: "Abroad\nr,t,V2,,x,y,2016-01-01,2030-01-01,\nagreed") == 0)
    #expect(try run(scratch, "2016-01-20").status == 0)
    let added = try await withThrowingTaskGroup(of: Int32.self) { group in
      for number in 0..<8 { group.addTask { try add("W\(number)") } }
      return try await group.reduce(into: 0) { count, status in count += status == 0 ? 1 : 0 }
    }
    #expect(added > 0)
    #expect(try rows(scratch, "waivers.csv").count == 1 + added)
  }

  @Test("a waiver of a rule that no run has had an exception of is told the nearest that one has")
  func waivesMisspelt() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    func told(_ rule: String, _ record: String) throws -> String {
      try BuiltProgram().run([
        "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", rule, "--record",
        record, "--reason", "x", "--agreed-by", "y", "--agreed-on", "2016-01-20", "--until",
        "2030-01-01",
      ]).errors
    }
    let misspelt = try told("visits-in-time", "V1")
    #expect(
      misspelt.contains("look at the rule and the record_id. Did you mean `visit-in-time`?"),
      "\(misspelt)")
    let other = try told("visit-in-time", "V77")
    #expect(other.contains("look at the rule and the record_id."), "\(other)")
    #expect(!other.contains("Did you mean"), "\(other)")
  }

  @Test("waivers that hold for more than 400 days yet are counted, and the first are named")
  func longWaivers() throws {
    let scratch = try job()
    // 2017-02-23 is the 400th day after 2016-01-20.
    func said(_ ends: [String]) throws -> String {
      try scratch.write(
        "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n"
          + ends.enumerated().map {
            "visit-in-time,,W\($0.offset),,x,y,2016-01-01,\($0.element),\n"
          }.joined(), to: "waivers.csv")
      let outcome = try run(scratch, "2016-01-20")
      #expect(outcome.status == 1)
      return outcome.errors
    }
    #expect(try !said(["2016-01-31", "2017-02-23"]).contains("400 days"))
    let one = try said(["2016-01-31", "2017-02-24"])
    #expect(
      one.contains(/1 waiver holds for more than 400 days yet \(\S*waivers\.csv:3\): until/),
      "\(one)")
    let five = try said((1...5).map { "209\($0)-01-01" })
    #expect(
      five.contains(
        /5 waivers hold for more than 400 days yet \(\S*csv:2, \S*csv:3, \S*csv:4 and 2 more\)/),
      "\(five)")
    let summary = try summary(scratch, "2016-01-20")
    #expect(summary.contains("for more than 400 days yet"))
  }

  @Test(
    "a waiver takes off the list, is counted, ends by itself, and is named when it no longer fits")
  func waivers() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let added = try BuiltProgram().run([
      "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", "visit-in-time",
      "--record", "V1", "--reason", "Abroad, \"agreed\"", "--agreed-by", "J Oak", "--agreed-on",
      "2016-01-20", "--until", "2016-01-27",
    ])
    #expect(added.status == 0, "\(added.errors)")
    #expect(added.errors == "")

    let waived = try run(scratch, "2016-01-27")
    #expect(waived.status == 0)
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["list"] } == ["waived"])
    let teams = try FileManager.default.contentsOfDirectory(
      atPath: scratch.path("lists/latest/teams"))
    let east = try #require(teams.first { $0.hasPrefix("east") })
    #expect(try rows(scratch, "lists/latest/teams/\(east)/exceptions.csv").isEmpty)
    let drift = try rows(scratch, "lists/latest/teams/\(east)/drift.csv")
    #expect(drift.contains { $0["section"] == "waived" && $0["record_id"] == "V1" })

    let ended = try run(scratch, "2016-01-28")
    #expect(ended.status == 1)
    #expect(ended.output.contains("Waivers: 1, 0 exceptions waived, 1 ended\n"))
    #expect(ended.output.contains("line 2: visit-in-time: ended on 2016-01-27"))
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["list"] } == ["drift"])
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["runs_open"] } == ["3"])

    _ = try BuiltProgram().run([
      "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", "visit-in-time",
      "--record", "V1", "--reason", "Still abroad", "--agreed-by", "J Oak", "--agreed-on",
      "2016-01-28", "--until", "2016-12-31",
    ])
    try visits(scratch, ["V1,1,04/01/2016,28/01/2016", "V2,2,04/01/2016,05/01/2016"])
    _ = try run(scratch, "2016-02-03", "--verbose")
    #expect(
      try summary(scratch, "2016-02-03").contains(
        "\"recordChanged\": [\n      {\n        \"line\": 2"))
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    _ = try run(scratch, "2016-02-10")
    #expect(
      try summary(scratch, "2016-02-10").contains("\"matchingNothing\": []"),
      "visits are half as many: the record may be among those that are gone")
    _ = try run(scratch, "2016-02-10", "--accept-shrink", "visits")
    #expect(
      try summary(scratch, "2016-02-10").contains(
        "\"matchingNothing\": [\n      {\n        \"line\": 2"))

    let listed = try BuiltProgram().run([
      "waive", "list", "--waivers", scratch.path("waivers.csv"), "--as-of", "2016-02-10",
    ])
    #expect(listed.output.contains("in force"))
    let removed = try BuiltProgram().run([
      "waive", "remove", "--waivers", scratch.path("waivers.csv"), "--rule", "visit-in-time",
      "--record", "V1",
    ])
    #expect(removed.status == 0)
    #expect(try rows(scratch, "waivers.csv").isEmpty)
  }

  @Test("a waiver of the only visit that is open is of that one; of several it says so")
  func occasions() throws {
    let scratch = try job()
    let visited = (1...2).map { "{name: seen\($0), headings: [Seen\($0)], type: date}" }
    try scratch.write(
      """
      table: plans
      files: ["plans*.csv"]
      primaryKey: plan_id
      fields:
        - {name: plan_id, headings: [Plan]}
        - {name: start_on, headings: [Start], type: date}
        - \(visited[0])
        - \(visited[1])
      ---
      rules:
        - rule: plan-visits
          for: plans
          repeat: {from: start_on, every: 2 weeks, events: "[seen1, seen2]"}

      """, to: "rules/plans.yaml")
    try scratch.write(
      "Plan,Start,Seen1,Seen2\nP1,01/01/2016,20/01/2016,\n", to: "extracts/plans.csv")
    _ = try run(scratch, "2016-01-31")
    func add(_ more: String...) throws -> BuiltProgram.Outcome {
      try BuiltProgram().run(
        [
          "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", "plan-visits",
          "--record", "P1", "--reason", "Snow", "--agreed-by", "J Oak", "--agreed-on", "2016-01-31",
          "--until", "2016-12-31",
        ] + more)
    }
    let added = try add()
    #expect(added.status == 0, "\(added.errors)")
    #expect(added.errors.contains("the waiver is of occasion 1, the only one of plan-visits"))
    #expect(try rows(scratch, "waivers.csv").map { $0["occasion"] } == ["1"])

    _ = try run(scratch, "2016-03-31")
    let lists = try rows(scratch, "lists/latest/exceptions.csv").filter {
      $0["rule"] == "plan-visits"
    }
    #expect(lists.map { [$0["occasion"], $0["list"]] } == [["2", "drift"], ["1", "waived"]])

    let both = try add()
    #expect(both.errors.contains("2 occasions of plan-visits are open on this record"))
    #expect(both.errors.contains("covers every occasion until 2016-12-31"))
    #expect(try rows(scratch, "waivers.csv").map { $0["occasion"] } == ["1", ""])

    let other = try add("--occasion", "7").errors
    #expect(other.contains("the ledger has other occasions open: 1, 2."), "\(other)")

    let elsewhere = try add("--table", "visits").errors
    #expect(
      elsewhere.contains(
        "the open exceptions of plan-visits on this record are in the table plans."),
      "\(elsewhere)")
    #expect(!elsewhere.contains("other occasions"), "\(elsewhere)")
  }

  @Test("a case file says what is waived, by whom and why, and leaves it out of what is open")
  func waivedInCaseFile() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let added = try BuiltProgram().run([
      "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", "visit-in-time",
      "--record", "V1", "--reason", "Abroad", "--agreed-by", "J Oak", "--agreed-on", "2016-01-20",
      "--until", "2016-03-31",
    ])
    #expect(added.status == 0, "\(added.errors)")
    func shown(_ more: String..., asOf: String = "2016-01-27") throws -> String {
      let outcome = try BuiltProgram().run(
        ["case", "1", "--config", scratch.path("casecheck.yaml"), "--as-of", asOf] + more)
      #expect(outcome.status == 0, "\(outcome.errors)")
      return outcome.output
    }
    let whole = try shown()
    #expect(whole.contains("    visits V1: overdue, waived\n"), "\(whole)")
    #expect(whole.contains("Agreed until 2016-03-31 by J Oak: Abroad\n"), "\(whole)")
    let open = try shown("--open")
    #expect(!open.contains("V1: overdue"), "\(open)")
    #expect(open.contains("  1 waived verdict is not shown.\n"), "\(open)")
    #expect(try shown("--open", asOf: "2016-04-01").contains("    visits V1: overdue\n"))
  }

  @Test("of several waivers of a record those named are withdrawn, and shown")
  func withdrawn() throws {
    let scratch = try ScratchFolder()
    let lines = ["people,P1,", "visits,P1,", ",P1,3", ",P1,", ",P2,"].map {
      "r1,\($0),Abroad,J Oak,2016-01-01,2016-12-31,\n"
    }
    try scratch.write(
      "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n" + lines.joined(),
      to: "waivers.csv")
    func waive(_ options: [String]) throws -> BuiltProgram.Outcome {
      try BuiltProgram().run(["waive"] + options + ["--waivers", scratch.path("waivers.csv")])
    }
    func left() throws -> [String] {
      try rows(scratch, "waivers.csv").map {
        [$0["table"], $0["record_id"], $0["occasion"]].compactMap(\.self).joined(separator: " ")
      }
    }
    let remove = ["remove", "--rule", "r1", "--record", "P1"]
    let listed = try waive(["list", "--as-of", "2016-02-01"]).output
    for table in ["people", "visits", "(any)"] { #expect(listed.contains("  \(table)  ")) }

    let refused = try waive(remove)
    #expect(refused.status == 64)
    #expect(refused.errors.contains("4 waivers are of this rule and record"))
    #expect(try left().count == 5)
    for (options, table, others) in [
      (["--table", "people"], "people", ["visits P1 ", " P1 3", " P1 ", " P2 "]),
      (["--occasion", "3"], "(any)", ["visits P1 ", " P1 ", " P2 "]),
      (["--table", ""], "(any)", ["visits P1 ", " P2 "]), ([], "visits", [" P2 "]),
    ] as [([String], String, [String])] {
      let outcome = try waive(remove + options)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("Withdrawn:\n"))
      #expect(outcome.output.contains("  \(table)"), "\(outcome.output)")
      #expect(try left() == others)
    }
    #expect(try waive(remove).status == 1)
  }

  @Test("a waiver that cannot be read stops the run before anything is read")
  func wrongWaiver() throws {
    let scratch = try job()
    try scratch.write(
      "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\nvisit-in-time,,V1,,x,,2016-01-20,31/12/2016,\n",
      to: "waivers.csv")
    let outcome = try run(scratch, "2016-01-20")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("waivers.csv:2"))
    #expect(outcome.errors.contains("agreed_by"))
    #expect(outcome.errors.contains("until"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists")))
  }

  @Test("a file of waivers that holds none is told where there were some")
  func emptiedWaivers() throws {
    let scratch = try job()
    let headings = "rule,table,record_id,occasion,reason,agreed_by,agreed_on,until,digest\n"
    try scratch.write(
      headings + "visit-in-time,,V1,,x,J Oak,2016-01-20,2016-12-31,\n", to: "waivers.csv")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try scratch.write(headings, to: "waivers.csv")
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("it holds no waiver, and earlier runs had some"))
  }

  @Test("a waiver of what was agreed does not cover what can be judged no more")
  func waivedAndUnjudged() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let added = try BuiltProgram().run([
      "waive", "add", "--config", scratch.path("casecheck.yaml"), "--rule", "visit-in-time",
      "--record", "V1", "--reason", "Abroad", "--agreed-by", "J Oak", "--agreed-on", "2016-01-20",
      "--until", "2016-12-31",
    ])
    #expect(added.status == 0)
    #expect(try run(scratch, "2016-01-21").status == 0)
    try visits(scratch, ["V1,1,,", "V2,2,04/01/2016,05/01/2016"])
    let outcome = try run(scratch, "2016-01-22")
    #expect(outcome.status == 1)
    #expect(outcome.output.contains("can be judged no more"))
    let listed = try rows(scratch, "lists/latest/exceptions.csv")
    #expect(listed.map { $0["status"] } == ["cannot-judge"])
    #expect(listed.map { $0["list"] } == ["correction"])
  }
}
