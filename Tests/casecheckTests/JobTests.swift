import Foundation
import TestSupport
import Testing

/// The scheduled job, as cron runs it.
@Suite("Scheduled job")
struct JobTests {
  @Test("lists appear in a folder of their own, latest leads to them, old ones go")
  func folders() throws {
    let scratch = try job("keep: 2")
    for asOf in ["2016-01-20", "2016-01-27", "2016-02-03"] {
      #expect(try run(scratch, asOf).status == 1)
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path("lists")).sorted()
    #expect(names == ["2016-01-27", "2016-02-03", "latest"])
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: scratch.path("lists/latest"))
    #expect(target == "2016-02-03")
    let found = try rows(scratch, "lists/latest/exceptions.csv")
    #expect(found.map { $0["first_seen"] } == ["2016-01-20"])
    #expect(found.map { $0["runs_open"] } == ["3"])
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/latest/metrics.prom")))
  }

  @Test("a run that comes to nothing leaves the ledger's bytes, lists and latest as they were")
  func untouched() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-27").status == 1)
    func bytes() throws -> Data {
      try Data(contentsOf: scratch.url.appending(path: "ledger.sqlite"))
    }
    let before = try bytes()
    #expect(try run(scratch, "2016-01-20").status == 4)
    #expect(try bytes() == before)
    // Anything but a link in the place of `latest` is reported before anything is recorded.
    try FileManager.default.removeItem(atPath: scratch.path("lists/latest"))
    try scratch.write("mine", to: "lists/latest")
    let barred = try run(scratch, "2016-02-03")
    #expect(barred.status == 4)
    #expect(barred.errors.contains("latest: the link to the newest lists is to stand here"))
    #expect(try bytes() == before)
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-02-03")))
  }

  @Test("after one run there is none before it to compare with")
  func onlyRun() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let outcome = try BuiltProgram().run(
      ["diff", "previous", "latest", "--ledger", scratch.path("ledger.sqlite")])
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("the ledger has one run, as of 2016-01-20"))
  }

  @Test(
    "a folder in which somebody keeps something is not retired, and it is said what",
    arguments: ["letter.txt", "rejects/letter.txt"])
  func notes(_ letter: String) throws {
    let scratch = try job("keep: 1")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("mine", to: "lists/2016-01-20/\(letter)")
    let second = try run(scratch, "2016-01-27")
    #expect(second.status == 1)
    #expect(
      second.errors.contains("2016-01-20: \(letter) in this folder was not written by casecheck"))
    #expect(!second.errors.contains("Remove them"))
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20/\(letter)")))
    try FileManager.default.removeItem(atPath: scratch.path("lists/2016-01-20/\(letter)"))
    #expect(!(try run(scratch, "2016-01-28").errors.contains("old lists")))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20")))
  }

  @Test("it says nothing when all is well")
  func quiet() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    let outcome = try run(scratch, "2016-01-20")
    #expect(outcome.status == 0)
    #expect(outcome.output + outcome.errors == "")
  }

  @Test("with --quiet what may hide a fault is said also where nothing is found")
  func quietAndStale() throws {
    let scratch = try job()
    try visits(scratch, ["V2,2,04/01/2016,05/01/2016"])
    #expect(try run(scratch, "2016-01-20", "--quiet").errors == "")
    let stale = try run(scratch, "2016-01-21", "--quiet")
    #expect(stale.status == 0)
    #expect(stale.errors.contains("All extracts hold the same bytes as in the run of 2016-01-20"))
    // One unchanged table among others that have changed is no news.
    try visits(scratch, ["V3,2,04/01/2016,05/01/2016"])
    let other = try run(scratch, "2016-01-22")
    #expect(other.output + other.errors == "")
    #expect(
      try summary(scratch, "2016-01-22").contains(
        "it holds the same bytes as in the run of 2016-01-21."))
  }

  /// The team lists of a run under their names, and the dashboard.
  private func told(_ scratch: ScratchFolder, _ asOf: String) throws -> [String: String] {
    var told: [String: String] = [:]
    let folder = scratch.path("lists/\(asOf)")
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder)
    where name == "index.html" || name.contains("/drift.") || name.hasPrefix("rules/") {
      guard let data = FileManager.default.contents(atPath: folder + "/" + name) else { continue }
      told[name] = String(decoding: data, as: UTF8.self)
    }
    return told
  }

  @Test("whoever reads a list or a page sees that nothing has been exported since the last run")
  func staleForReaders() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try run(scratch, "2016-03-20").status == 1, "it is no fault")
    for (name, text) in try told(scratch, "2016-03-20") {
      if name.hasSuffix(".csv") {
        #expect(text.contains("All extracts hold the same bytes as in the run of 2016-01-20"))
      } else {
        #expect(text.contains("recorded or put right since then is not on this page"), "\(name)")
        #expect(!text.contains("class=\"note green\""), "\(name)")
        #expect(!text.contains("<span class=\"green\">"), "\(name)")
      }
    }
    let names = try told(scratch, "2016-03-20").keys
    #expect(names.count { $0.hasSuffix("drift.html") } == 2)
    #expect(names.contains("index.html") && names.contains("rules/visit-in-time.html"))
    try people(scratch, count: 11)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,06/01/2016"])
    #expect(try run(scratch, "2016-03-21").status == 1)
    for (name, text) in try told(scratch, "2016-03-21") {
      #expect(!text.contains("the same bytes"), "\(name)")
    }
  }

  @Test("an export that fails for most tables is told, though one of them is new")
  func mostlyStale() throws {
    let scratch = try job()
    let headings = "Visit ID,Person ID,Planned,Visited\n"
    for (number, file) in ["a", "b"].enumerated() {
      try scratch.write(
        headings + "X\(number),1,04/01/2016,05/01/2016\n", to: "extracts/visits_\(file).csv")
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    try people(scratch, count: 11)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,06/01/2016"])
    let half = try run(scratch, "2016-01-21")
    #expect(half.status == 1)
    let words = "2 of the 4 extracts with rows hold the same bytes as in the run of"
    #expect(half.errors.contains(words + " 2016-01-20"), "\(half.errors)")
    #expect(try told(scratch, "2016-01-21")["index.html"]?.contains(words + " 20 January") == true)
    try people(scratch, count: 12)
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,07/01/2016"])
    try scratch.write(
      headings + "X0,1,04/01/2016,06/01/2016\n", to: "extracts/visits_a.csv")
    #expect(try !run(scratch, "2016-01-22").errors.contains("the same bytes"))
  }

  @Test("run again with the same date it gives the same bytes, and replaces its run")
  func again() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-13").status == 0)
    #expect(try run(scratch, "2016-01-20").status == 1)
    func files() throws -> [String: Data] {
      var found: [String: Data] = [:]
      let folder = scratch.url.appendingPathComponent("lists/2016-01-20")
      for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
        found[name] = FileManager.default.contents(atPath: folder.appendingPathComponent(name).path)
      }
      return found
    }
    let first = try files()
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try files() == first)
    #expect(first.count > 8)
    let check = try BuiltProgram().run([
      "ledger", "check", "--ledger", scratch.path("ledger.sqlite"),
    ])
    #expect(check.output.contains("2 runs"))
  }

  @Test("an earlier date is refused, and filled in when asked")
  func backfill() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    let refused = try run(scratch, "2016-01-16")
    #expect(refused.status == 4)
    #expect(refused.errors.contains("--backfill"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-16")))
    let filled = try run(scratch, "2016-01-16", "--backfill")
    #expect(filled.status == 1)
    #expect(
      filled.errors.contains(
        "lists/2016-01-16, and `latest` leads to 2016-01-20."), "\(filled.errors)")
    #expect(try !run(scratch, "2016-01-20", "--backfill").errors.contains("filled in"))
    let target = try FileManager.default.destinationOfSymbolicLink(
      atPath: scratch.path("lists/latest"))
    #expect(target == "2016-01-20")
    #expect(try run(scratch, "2016-01-27").status == 1)
    #expect(
      try rows(scratch, "lists/latest/exceptions.csv").map { $0["first_seen"] } == ["2016-01-16"])
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["runs_open"] } == ["3"])
  }

  @Test("a date after tomorrow is refused, as it would stand in the way of all runs before it")
  func ahead() throws {
    let scratch = try job()
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "Europe/London"))
    func day(_ days: Int) throws -> String {
      let day = try #require(calendar.date(byAdding: .day, value: days, to: Date()))
      let parts = calendar.dateComponents([.year, .month, .day], from: day)
      return try String(
        format: "%04d-%02d-%02d", #require(parts.year), #require(parts.month), #require(parts.day))
    }
    // The day may change while the test runs.
    let refused = try run(scratch, day(3))
    #expect(refused.status == 64)
    #expect(try refused.errors.contains("--as-of \(day(3)) lies ahead"), "\(refused.errors)")
    #expect(refused.errors.contains("use `casecheck validate`"))
    let text = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(text.replacing("asOf: today", with: "asOf: \(day(3))"), to: "ahead.yaml")
    let configured = try BuiltProgram().run(["run", "--config", scratch.path("ahead.yaml")])
    #expect(configured.status == 64)
    #expect(try configured.errors.contains("`asOf: \(day(3))` of the configuration lies ahead"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("ledger.sqlite")))
    #expect(try run(scratch, day(1)).status == 1)
    let looked = try BuiltProgram().run([
      "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of", day(300),
      "--out", scratch.path("OUT"),
    ])
    #expect(looked.status == 1)
  }

  @Test("a run that is filled in keeps its lists, whatever is kept")
  func backfillKept() throws {
    let scratch = try job("keep: 1")
    #expect(try run(scratch, "2016-01-27").status == 1)
    #expect(try run(scratch, "2016-01-20", "--backfill").status == 1)
    #expect(FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-20/run.json")))
  }

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

  @Test("rejected records are kept whatever is asked for, and no file is named that is not there")
  func keepsRejects() throws {
    let scratch = try job()
    try visits(scratch, ["V1,1,04/01/2016,,stray", "V2,2,04/01/2016,05/01/2016"])
    let outcome = try BuiltProgram().run([
      "validate", scratch.path("extracts"), "--rules", scratch.path("rules"), "--as-of",
      "2016-01-20", "--out", scratch.path("OUT"), "--format", "html",
    ])
    #expect(outcome.status == 1)
    #expect(try rows(scratch, "OUT/rejects/visits.csv").count == 1)
    #expect(!outcome.output.contains("summary.json"))
  }

  @Test("a table to accept that there is not is a mistake")
  func acceptsNothing() throws {
    let scratch = try job()
    let outcome = try run(scratch, "2016-01-20", "--accept-shrink", "vists")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("Did you mean `visits`?"))
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

  @Test(
    "every mistake in a configuration is named with its place",
    arguments: [
      ("outt: x", "casecheck.yaml:7:1: error: there is no key `outt`", "Did you mean `out`?"),
      ("guard: {shrinkMoreThan: lots}", "casecheck.yaml:7:25", "a share such as 20%"),
      ("keep: none", "casecheck.yaml:7:7", "a whole number"),
      ("modes: {files: \"0077\"}", "casecheck.yaml:7:16", "the owner can read and write"),
      ("deliver: {timeout: 0}", "casecheck.yaml:7:20", "from 1 to 3600 seconds"),
      ("deliver: {method: fax}", "casecheck.yaml:7:19", "`sendmail` or `maildir`"),
    ])
  func mistakes(_ row: (line: String, place: String, words: String)) throws {
    let scratch = try job(row.line)
    let outcome = try run(scratch, "2016-01-20")
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains(row.place), "\(outcome.errors)")
    #expect(outcome.errors.contains(row.words), "\(outcome.errors)")
  }

  @Test("where the rules are wrong no ledger is made")
  func wrongRules() throws {
    let scratch = try job()
    try scratch.write("rules: [{rule: x, for: peple, check: true}]\n", to: "rules/more.yaml")
    #expect(try run(scratch, "2016-01-20").status == 2)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path).sorted()
    #expect(names == ["casecheck.yaml", "extracts", "rules"])
  }

  @Test("of two jobs at once the second exits 75, and names the first")
  func locked() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    // Another process holds the ledger's lock, as a run does (flock(2)).
    let holder = Process()
    holder.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    holder.arguments = [
      "python3", "-c",
      """
      import fcntl, os, sys
      f = open(sys.argv[1], "r+")
      fcntl.flock(f, fcntl.LOCK_EX)
      f.write(f"{os.getpid()}\\n"); f.flush()
      print("held", flush=True)
      sys.stdin.read()
      """, scratch.path("ledger.sqlite.lock"),
    ]
    let (input, output) = (Pipe(), Pipe())
    holder.standardInput = input
    holder.standardOutput = output
    try holder.run()
    _ = output.fileHandleForReading.availableData
    let outcome = try run(scratch, "2016-01-27")
    #expect(outcome.status == 75)
    #expect(outcome.errors.contains("process \(holder.processIdentifier)"))
    #expect(!FileManager.default.fileExists(atPath: scratch.path("lists/2016-01-27")))
    try input.fileHandleForWriting.close()
    holder.waitUntilExit()
    #expect(try run(scratch, "2016-01-27").status == 1)
  }

  @Test("where the lists cannot be put in place the ledger is as it was")
  func listsRefused() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("mine", to: "lists/2016-01-27/letter.txt")
    #expect(try run(scratch, "2016-01-27").status == 4)
    let check = try BuiltProgram().run([
      "ledger", "check", "--ledger", scratch.path("ledger.sqlite"),
    ])
    #expect(check.output.contains("1 run from"))
  }

  @Test("a ledger that was made for a run which comes to nothing is taken away again")
  func firstRunRefused() throws {
    let scratch = try job()
    try scratch.write("mine", to: "lists/2016-01-20/letter.txt")
    #expect(try run(scratch, "2016-01-20").status == 4)
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
    #expect(!names.contains { $0.hasPrefix("ledger.sqlite") && !$0.hasSuffix(".lock") })
  }

  /// A PNG of a single point.
  private static let logo =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

  @Test(
    "the configuration, the crontab line and the units that come with casecheck are as they should be"
  )
  func cron() throws {
    let scratch = try job()
    let folder = projectFolder.appendingPathComponent("scripts/cron")
    var text = String(
      decoding: try Data(contentsOf: folder.appendingPathComponent("casecheck.yaml")), as: UTF8.self
    )
    // The keys that are commented out must be right as well.
    text = text.split(separator: "\n").map { line in
      line.hasPrefix("# ") && line.contains(": ") && !line.contains("scheduled job")
        ? String(line.dropFirst(2)) : String(line)
    }.joined(separator: "\n")
    for (from, to) in [
      ("/srv/paris/weekly", scratch.path("extracts")),
      ("/srv/paris/last-month", scratch.path("extracts")),
      ("/usr/local/share/casecheck/Rules", projectFolder.appendingPathComponent("Rules").path),
      ("/srv/casecheck", scratch.path("srv")), ("/var/lib/casecheck", scratch.url.path),
      ("/etc/casecheck/key", scratch.path("key")),
    ] {
      text = text.replacing(from, with: to)
    }
    try scratch.write(String(repeating: "0a1b2c3d", count: 8), to: "key")
    let style = "Sources/Reports/Templates/style.mustache"
    try scratch.write(
      String(contentsOf: projectFolder.appendingPathComponent(style), encoding: .utf8),
      to: "our-templates/style.mustache")
    try Data(base64Encoded: Self.logo)?.write(
      to: URL(fileURLWithPath: scratch.path("logo.png")))
    try scratch.write(text, to: "installed.yaml")
    let outcome = try BuiltProgram().run([
      "run", "--config", scratch.path("installed.yaml"), "--as-of", "2016-01-20",
    ])
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(outcome.errors.contains("error") == false, "\(outcome.errors)")
    let units = ["casecheck.service", "casecheck.timer"].map {
      folder.appendingPathComponent($0).path
    }
    let program = "/usr/bin/systemd-analyze"
    guard FileManager.default.isExecutableFile(atPath: program) else { return }
    let verify = Process()
    verify.executableURL = URL(fileURLWithPath: program)
    verify.arguments = ["verify", "--man=no"] + units
    let errors = Pipe()
    verify.standardError = errors
    try verify.run()
    let said = String(
      decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    verify.waitUntilExit()
    // That the program is not installed here is no mistake of the units.
    let complaints = said.split(separator: "\n").filter {
      $0.contains("casecheck.") && !$0.contains("not executable")
    }
    #expect(complaints.isEmpty, "\(said)")
  }
}
