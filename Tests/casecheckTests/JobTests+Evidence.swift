import Foundation
import TestSupport
import Testing

/// What may look as if it had been put right, but has only gone out of sight.
extension JobTests {
  private static let lostChildren = """
    rules:
      - rule: child-not-lost
        for: people
        check: "!earlier.people.exists(p, p.person_id == person_id && p.worker != worker)"
    """

  @Test("a table of last period's that is missing, or cut, judges nothing and closes nothing")
  func lastPeriod() throws {
    let scratch = try job("earlier: earlier")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    let whole =
      "Person ID,Name,Team,Worker\n"
      + (1...10).map { "\($0),Name,East,\($0 == 3 ? "W99" : "W\($0)")\n" }.joined()
    try scratch.write(whole, to: "earlier/people.csv")
    try scratch.write("Visit ID,Person ID,Planned,Visited\nV1,1,,\n", to: "earlier/visits.csv")
    func open() throws -> [String?] {
      try rows(scratch, "lists/latest/exceptions.csv").filter { $0["rule"] == "child-not-lost" }
        .map { $0["record_id"] }
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try open() == ["3"])

    try FileManager.default.removeItem(atPath: scratch.path("earlier/people.csv"))
    let missing = try run(scratch, "2016-01-21")
    #expect(missing.status == 3)
    #expect(missing.output.contains("There is no extract of people of last period"))
    #expect(missing.output.contains("not evaluated: 1 exception of child-not-lost"))
    let judged = try rows(scratch, "lists/latest/measures.csv").filter {
      $0["rule"] == "child-not-lost"
    }
    #expect(judged.map { $0["judged"] } == ["0"])

    try scratch.write(
      whole.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n",
      to: "earlier/people.csv")
    let cut = try run(scratch, "2016-01-22")
    #expect(cut.status == 3)
    #expect(cut.output.contains("(earlier) people has 2 rows, and had 10"))
    #expect(cut.output.contains("not evaluated: 1 exception of child-not-lost"))
    let accepted = try run(scratch, "2016-01-22", "--accept-shrink", "people")
    #expect(accepted.status == 1)
    // It is compared with another extract than the one by which it was listed.
    #expect(accepted.output.contains("0 put right"))
    #expect(accepted.output.contains("1 no longer looked at"))
  }

  @Test("what was listed by last period's extract is put right only as long as that stands")
  func otherPeriod() throws {
    let scratch = try job("earlier: earlier")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    func people(_ worker: String, in folder: String) throws {
      try scratch.write(
        "Person ID,Name,Team,Worker\n"
          + (1...10).map { "\($0),Name,East,\($0 == 3 ? worker : "W\($0)")\n" }.joined(),
        to: "\(folder)/people.csv")
    }
    try people("W99", in: "earlier")
    #expect(try run(scratch, "2016-01-20").status == 1)
    // Corrected, and compared with the same extract.
    try people("W99", in: "extracts")
    #expect(try run(scratch, "2016-01-21").output.contains("1 put right"))
    try people("W3", in: "extracts")
    #expect(try run(scratch, "2016-01-22").output.contains("1 reopened"))
    // The next period begins, and the rule finds no difference any more.
    try people("W3", in: "earlier")
    let next = try run(scratch, "2016-01-23")
    #expect(next.output.contains("0 put right"))
    #expect(next.output.contains("1 no longer looked at"))
  }

  @Test("last period's extract that holds the bytes of this one is told")
  func samePeriod() throws {
    let scratch = try job("earlier: extracts")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    #expect(
      try run(scratch, "2016-01-20").errors.contains(
        "people: last period's extract holds the same bytes as this one"))
  }

  @Test("so is one that holds its records in another order")
  func samePeriodTurned() throws {
    let scratch = try job("earlier: before")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    let people = try String(contentsOfFile: scratch.path("extracts/people.csv"), encoding: .utf8)
    let lines = people.split(separator: "\n")
    try scratch.write(
      ([lines[0]] + lines.dropFirst().reversed()).map { $0 + "\n" }.joined(),
      to: "before/people.csv")
    #expect(
      try run(scratch, "2016-01-20").errors.contains(
        "people: last period's extract holds the same records as this one"))
  }

  @Test("a run made again with less forgets neither what it opened nor what it read")
  func madeAgain() throws {
    let scratch = try job()
    try visits(scratch, ["V1,1,04/01/2016,"] + (2...9).map { "V\($0),2,04/01/2016,05/01/2016" })
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, (2...4).map { "V\($0),2,04/01/2016,05/01/2016" })
    for asOf in ["2016-01-20", "2016-01-21"] {
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == 3)
      #expect(outcome.output.contains("visits has 3 rows, and had 9"))
    }
    #expect(try summary(scratch, "2016-01-21").contains("\"stillOpenNotJudged\": 1"))
  }

  @Test("a record that can no longer be read puts no other in order")
  func unread() throws {
    let scratch = try job()
    try scratch.write(
      "rules: [{rule: visits-made, for: people, check: 'this.visits.all(v, has(v.visited_on))'}]\n",
      to: "rules/more.yaml")
    let others = (2...9).map { "V\($0),2,04/01/2016,05/01/2016" }
    try visits(scratch, ["V1,1,04/01/2016,"] + others)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, ["V1,1,04/01/2016,,"] + others)
    for asOf in ["2016-01-21", "2016-01-22"] {
      let outcome = try run(scratch, asOf, "--accept-shrink", "people")
      #expect(outcome.output.contains("perhaps among the rejected records: 2 exceptions"))
    }
    // With --accept-shrink somebody has accepted the extract as it is, unreadable record and all.
    let accepted = try run(scratch, "2016-01-23", "--accept-shrink", "visits")
    #expect(!accepted.output.contains("of visits-made"))
  }

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
    #expect(outcome.output.contains("or can be judged no more"))
    let listed = try rows(scratch, "lists/latest/exceptions.csv")
    #expect(listed.map { $0["status"] } == ["cannot-judge"])
    #expect(listed.map { $0["list"] } == ["correction"])
  }

  @Test("one bad record in place of another, and another child's, puts nothing in order")
  func rejectsSwapped() throws {
    let scratch = try job()
    try scratch.write(
      "rules: [{rule: visits-made, for: people, check: 'this.visits.all(v, has(v.visited_on))'}]\n",
      to: "rules/more.yaml")
    let others = (3...9).map { "V\($0),2,04/01/2016,05/01/2016" }
    // V1 is there twice, for two children; V2 is unreadable until it is put right.
    try visits(scratch, ["V1,3,04/01/2016,05/01/2016", "V1,1,04/01/2016,", "V2,2,,,"] + others)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(
      scratch, ["V1,3,04/01/2016,05/01/2016,", "V1,1,04/01/2016,", "V2,2,,05/01/2016"] + others)
    let key = try run(scratch, "2016-01-21")
    #expect(key.output.contains("perhaps among the rejected records: 1 exception of visits.key"))
    try visits(
      scratch, ["V1,3,04/01/2016,05/01/2016", "V1,1,04/01/2016,,", "V2,2,,05/01/2016"] + others)
    let swapped = try run(scratch, "2016-01-22")
    #expect(swapped.output.contains("3 exceptions of visit-in-time, visits-made"))
    #expect(
      !(try rows(scratch, "lists/latest/exceptions.csv")).contains { $0["rule"] == "visits-made" })
  }

  @Test("what a constraint found wrong is not put right by a value that it cannot read")
  func unreadableValue() throws {
    let scratch = try job()
    try scratch.write(
      """
      table: births
      files: ["births*.csv"]
      primaryKey: id
      fields:
        - {name: id}
        - {name: born, type: date, constraints: {minimum: 1990-01-01}}
      """, to: "rules/births.yaml")
    try scratch.write("id,born\nB1,01/01/1985\n", to: "extracts/births.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write("id,born\nB1,1985 or so\n", to: "extracts/births.csv")
    let unread = try run(scratch, "2016-01-21")
    #expect(unread.output.contains("still open, not judged: 1 exception of births.born.minimum"))
    try scratch.write("id,born\nB1,01/01/1995\n", to: "extracts/births.csv")
    #expect(!(try run(scratch, "2016-01-22").output.contains("births.born.minimum")))
  }

  @Test("a date of a visit that became unreadable puts no other visit in order")
  func unreadableEvent() throws {
    let scratch = try job()
    try scratch.write(
      """
      rules:
        - rule: seen-often
          for: people
          when: person_id == "1"
          repeat: {from: 'date("2016-01-01")', events: 'this.visits.map(v, v.visited_on)', every: 10 days}
      """, to: "rules/more.yaml")
    try visits(scratch, ["V1,1,,08/01/2016", "V2,1,,25/01/2016", "V3,2,,"])
    #expect(try run(scratch, "2016-01-30").status == 1)
    try visits(scratch, ["V1,1,,08/01/2016", "V2,1,,25.01.16", "V3,2,,"])
    let unread = try run(scratch, "2016-01-31")
    #expect(unread.output.contains(", 0 put right"))
    try visits(scratch, ["V1,1,,08/01/2016", "V2,1,,15/01/2016", "V3,2,,"])
    let mended = try run(scratch, "2016-02-01")
    #expect(mended.output.contains(", 2 put right"))
  }

  @Test("teams that look alike are told, and mistakes of the configuration where they stand")
  func places() throws {
    let scratch = try job("packs: [statutory]\nparameters: {max_case: 20}\ncalendar: england")
    let wrong = try run(scratch, "2016-01-20")
    #expect(wrong.status == 2)
    for place in [
      "7:9: error: there is no pack", "8:24: error: there is no parameter",
      "9:11: error: there is no calendar",
    ] {
      #expect(wrong.errors.contains("casecheck.yaml:\(place)"), "\(wrong.errors)")
    }
    let alike = try job()
    try alike.write(
      "Person ID,Name,Team,Worker\n1,A,East,W\n2,B,East ,W\n3,C,EAST,W\n4,D,West,W\n",
      to: "extracts/people.csv")
    let outcome = try run(alike, "2016-01-20")
    #expect(outcome.errors.contains("The teams \"EAST\" and \"East\" and \"East␣\" may be one"))
  }

  @Test("an extract is not whole whose footer is gone or counts more; one that counts less is told")
  func footers() throws {
    let scratch = try job()
    let rules = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
    try scratch.write(
      rules.replacing(
        "mayBeEmpty: true", with: "mayBeEmpty: true\ndialect: {footer: [\"*rows affected*\"]}"),
      to: "rules/all.yaml")
    let rows = (1...9).map { "V\($0),1,04/01/2016,\($0 == 9 ? "" : "05/01/2016")" }
    try visits(scratch, rows + ["(9 rows affected)"])
    let whole = try run(scratch, "2016-01-20")
    #expect(whole.status == 1)
    #expect(!whole.errors.contains("rows, and"))
    try visits(scratch, Array(rows.dropLast()))
    let cut = try run(scratch, "2016-01-21")
    #expect(cut.status == 3)
    #expect(cut.output.contains("visits ended in a footer, and now it does not"))
    #expect(cut.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    try visits(scratch, Array(rows.dropLast()) + ["(9 rows affected)"])
    let miscounted = try run(scratch, "2016-01-22")
    #expect(miscounted.status == 3)
    #expect(miscounted.output.contains("its footer counts 9 rows, and 8 records were read"))
    #expect(miscounted.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    try visits(scratch, rows + ["(8 rows affected)"])
    let more = try run(scratch, "2016-01-22")
    #expect(more.status == 1)
    #expect(more.errors.contains("its footer counts 8 rows, and 9 records were read"))
    try visits(scratch, rows + ["Limit of 50 rows affected"])
    #expect(try run(scratch, "2016-01-22").status == 1)
    try visits(scratch, Array(rows.dropLast()))
    #expect(try run(scratch, "2016-01-23", "--accept-shrink", "visits").status == 0)
  }

  @Test("a mail that waited under real names does not leave once lists have pseudonyms")
  func waitingMail() throws {
    let scratch = try job(
      "deliver: {method: maildir, from: a@example.org, include: lists, maildir: mail, to: {East: e@example.org}}"
    )
    try scratch.write("no folder", to: "mail")
    #expect(try run(scratch, "2016-01-20").errors.contains("could not be handed over"))
    try FileManager.default.removeItem(atPath: scratch.path("mail"))
    let configuration = try String(contentsOfFile: scratch.path("casecheck.yaml"), encoding: .utf8)
    try scratch.write(configuration + "\npseudonymise: key\n", to: "casecheck.yaml")
    try scratch.write(String(repeating: "0a1b2c3d", count: 8), to: "key")
    let next = try run(scratch, "2016-01-27")
    #expect(next.errors.contains("was taken back: its lists are not under the pseudonyms"))
    let sent = try FileManager.default.contentsOfDirectory(atPath: scratch.path("mail/new"))
    #expect(sent.count == 1 && sent.allSatisfy { $0.hasPrefix("2016-01-27-") })
  }

  @Test("folders named on the command line stand in for the configuration's, whose parameters stay")
  func foldersAlone() throws {
    let scratch = try job("parameters: {limit: days(90)}")
    let rules = try String(contentsOfFile: scratch.path("rules/all.yaml"), encoding: .utf8)
      .replacing("within: 10 days", with: "within: limit")
    try scratch.write(
      rules + "---\nparameters:\n  limit: days(10)\n",
      to: "rules/all.yaml")
    for more in [[], ["--rules", scratch.path("rules")]] {
      let outcome = try BuiltProgram().run(
        ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", "2016-01-20"] + more)
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    let set = try run(
      scratch, "2016-01-20", "--rules", scratch.path("rules"), "--set", "limit=days(10)")
    #expect(set.status == 1)
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

  @Test("the weekly page of a nightly job says what came in the week")
  func weekly() throws {
    let scratch = try job("formats: [csv, html]")
    let none = ["V2,2,04/01/2016,05/01/2016"]
    try visits(scratch, none)
    _ = try run(scratch, "2016-01-18")
    try visits(scratch, none + ["V1,1,04/01/2016,"])
    for asOf in ["2016-01-19", "2016-01-25"] { _ = try run(scratch, asOf) }
    let folder = scratch.url.appendingPathComponent("lists/2016-01-25/teams")
    let pages = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix("drift.html") }
      .map { try String(contentsOf: folder.appendingPathComponent($0), encoding: .utf8) }
    #expect(
      pages.contains {
        $0.contains("In the last seven days: 1 new, 1 worse, 0 reopened, 0 put right.")
      })
  }
}
