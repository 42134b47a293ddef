import Foundation
import TestSupport
import Testing

/// What the job says of extracts that hold less than they did.
extension JobTests {
  @Test("a missing table stops the job and closes nothing, until it is accepted")
  func missingTable() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    let stopped = try run(scratch, "2016-01-27")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("--accept-shrink visits"))
    #expect(stopped.errors.contains("casecheck: not trusted: "))
    #expect(stopped.errors.contains("--accept-shrink visits"))
    #expect(stopped.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    #expect(try summary(scratch, "2016-01-27").contains("\"standing\": \"not at zero\""))
    let accepted = try run(scratch, "2016-02-03", "--accept-shrink", "visits")
    // Still open: nothing has shown that the visit was made.
    #expect(accepted.status == 1)
    #expect(try run(scratch, "2016-02-04").status == 1, "it is accepted once and for all")
    try visits(scratch, ["V1,1,04/01/2016,", "V2,2,04/01/2016,05/01/2016"])
    #expect(try run(scratch, "2016-02-10").status == 1)
    #expect(try rows(scratch, "lists/latest/exceptions.csv").map { $0["runs_open"] } == ["5"])
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    #expect(try run(scratch, "2016-02-17").status == 3, "it was there again, and is missed again")
  }

  @Test("a missing table may be told without stopping the job, every time")
  func warned() throws {
    let scratch = try job("guard: {missingTable: warn}")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    for asOf in ["2016-01-27", "2016-02-03"] {
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("earlier runs had an extract of it"))
    }
  }

  @Test("a table that shrinks stops the job and closes nothing, until it is accepted")
  func shrunk() throws {
    let scratch = try job("guard: {shrinkMoreThan: 20%}")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try people(scratch, count: 8)
    #expect(try run(scratch, "2016-01-21").status == 1, "20 % are allowed")
    try people(scratch, count: 6)
    let stopped = try run(scratch, "2016-01-27")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("6 rows, and had 8"))
    #expect(try run(scratch, "2016-01-28").status == 3, "it is held against the last whole one")
    #expect(try run(scratch, "2016-01-28", "--accept-shrink", "people").status == 1)
    #expect(try run(scratch, "2016-02-03").status == 1)
  }

  @Test(
    "a table that loses half of its rows within a month, little by little, is told",
    arguments: [
      // Each run's day of January and number of rows, those that are accepted, and those that tell.
      ([1: 20, 2: 16, 3: 13, 4: 11, 5: 10, 6: 10, 7: 9], [], [5, 7]),
      ([1: 20, 8: 16, 15: 13, 22: 11, 31: 10], [], [31]),
      ([1: 20, 2: 16, 15: 13, 22: 11, 32: 10], [], []),
      ([1: 20, 2: 16, 3: 13, 4: 10, 5: 9, 6: 8], [4], []),
      ([1: 20, 2: 16, 3: 13, 4: 11, 5: 10], [5], []),
      ([1: 9, 2: 8, 3: 7, 4: 6, 5: 5, 6: 4], [], []),
    ] as [([Int: Int], [Int], [Int])])
  func creeping(_ counts: [Int: Int], _ accepted: [Int], _ told: [Int]) throws {
    let scratch = try job()
    for (day, count) in counts.sorted(by: { $0.key < $1.key }) {
      try people(scratch, count: count)
      let asOf = day < 32 ? "2016-01-\(day < 10 ? "0" : "")\(day)" : "2016-02-0\(day - 31)"
      let options = accepted.contains(day) ? ["--accept-shrink", "people"] : []
      for _ in 0..<2 {
        let outcome = try run(scratch, asOf, options)
        #expect(outcome.status != 3, "\(outcome.errors)")
        let most = counts.values.max() ?? 0
        let words = "people: it has \(count) rows, and had \(most) within the last 30 days"
        #expect(outcome.errors.contains(words) == told.contains(day), "\(day) \(outcome.errors)")
      }
    }
  }

  @Test(
    "one of several files of a table that is missing stops the job, as does a column that is gone")
  func incomplete() throws {
    let scratch = try job("guard: {shrinkMoreThan: never}")
    try scratch.write(
      "Visit ID,Person ID,Planned,Visited\nV9,9,04/01/2016,\n", to: "extracts/visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits_west.csv"))
    let stopped = try run(scratch, "2016-01-27")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("2 files with rows; now it has 1"))
    #expect(stopped.output.contains("still open, not evaluated: 1 exception"))
    #expect(try run(scratch, "2016-01-27", "--accept-shrink", "visits").status == 1)
    try scratch.write(
      "Visit ID,Person ID,Planned\nV1,1,04/01/2016\nV2,2,04/01/2016\n", to: "extracts/visits.csv")
    let lost = try run(scratch, "2016-02-03")
    #expect(lost.status == 3)
    #expect(lost.output.contains("a column for visited_on"))
  }

  /// Writes the visits of a week, the first of them made on a day or not at all, the others in time.
  private func week(_ scratch: ScratchFolder, _ visited: String, count: Int = 20) throws {
    try visits(
      scratch,
      ["V1,1,04/01/2016,\(visited)"] + (2...count).map { "V\($0),1,04/01/2016,05/01/2016" })
  }

  @Test("an old extract in the place of the new one stops the job and closes nothing")
  func oldExtract() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try week(scratch, "")
    #expect(try run(scratch, "2016-01-27").status == 1)
    try week(scratch, "05/01/2016")
    for asOf in ["2016-02-03", "2016-02-03", "2016-02-04"] {
      let stopped = try run(scratch, asOf)
      #expect(stopped.status == 3, "\(asOf)")
      #expect(
        stopped.errors.contains(
          "visits.csv holds the same bytes as in the run of 2016-01-20, and the run of 2016-01-27 had another extract"
        ), "\(stopped.errors)")
      #expect(stopped.errors.contains("--accept-shrink visits"))
      #expect(!stopped.errors.contains("may stand in the place"), "it is told once")
      #expect(stopped.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    }
    let accepted = try run(scratch, "2016-02-05", "--accept-shrink", "visits")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(accepted.errors.contains("Accepted with --accept-shrink visits: visits.csv holds"))
    #expect(try run(scratch, "2016-02-06").status == 0, "it is accepted once and for all")
  }

  /// Writes the same visits under a title, with columns and rows the other way round.
  private func turned(_ scratch: ScratchFolder, _ visited: String, _ title: String) throws {
    let rows = ["\(visited),04/01/2016,1,V1"] + (2...20).map { "05/01/2016,04/01/2016,1,V\($0)" }
    try scratch.write(
      "\(title)\n\nVisited,Planned,Person ID,Visit ID\n"
        + rows.reversed().map { $0 + "\n" }.joined(), to: "extracts/visits.csv")
  }

  @Test("an old extract is known by its records, under another title and in another order")
  func oldRecords() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try week(scratch, "")
    #expect(try run(scratch, "2016-01-27").status == 1)
    try turned(scratch, "05/01/2016", "Visits on Wednesday")
    let stopped = try run(scratch, "2016-02-03")
    #expect(stopped.status == 3)
    #expect(
      stopped.errors.contains(
        "visits.csv holds the same records as in the run of 2016-01-20, and the run of 2016-01-27 had another extract"
      ), "\(stopped.errors)")
    #expect(stopped.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    try turned(scratch, "", "Visits on Thursday")
    #expect(try run(scratch, "2016-02-04").status == 1, "these are those of the last whole run")
    try turned(scratch, "", "Visits on Friday")
    #expect(
      try summary(scratch, "2016-02-04").contains("\"resolved\": 0")
        && run(scratch, "2016-02-05").status == 1)
  }

  @Test("that nothing new has been exported is known by the records as well")
  func staleRecords() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try turned(scratch, "05/01/2016", "Visits on Thursday")
    let stale = try run(scratch, "2016-01-21")
    #expect(stale.status == 0)
    #expect(
      stale.errors.contains(
        "All extracts hold the same records as in the run of 2016-01-20: the export may not have run since, or not from new data."
      ), "\(stale.errors)")
    try people(scratch, count: 11)
    try turned(scratch, "05/01/2016", "Visits on Friday")
    #expect(try !run(scratch, "2016-01-22").errors.contains("All extracts"))
    #expect(
      try summary(scratch, "2016-01-22").contains(
        "it holds the same records as in the run of 2016-01-21."))
  }

  @Test("a new extract after an old one goes on from the last whole run")
  func newAfterOldExtract() throws {
    let scratch = try job()
    let weeks = [
      ("2016-01-20", "05/01/2016", 0), ("2016-01-27", "", 1), ("2016-02-03", "05/01/2016", 3),
      ("2016-02-10", "", 1), ("2016-02-17", "06/01/2016", 0),
    ]
    for (asOf, visited, status) in weeks {
      try week(scratch, visited)
      #expect(try run(scratch, asOf).status == status, "\(asOf)")
    }
    #expect(try summary(scratch, "2016-02-17").contains("\"resolved\": 1"))
  }

  @Test(
    "few rows that go back to what they were, one file of two, and a run filled in stop nothing")
  func seemsOld() throws {
    let few = try job()
    for (asOf, visited, status) in [
      ("2016-01-20", "05/01/2016", 0), ("2016-01-27", "", 1), ("2016-02-03", "05/01/2016", 0),
    ] {
      try week(few, visited, count: 19)
      let outcome = try run(few, asOf)
      #expect(outcome.status == status, "\(asOf)")
      #expect(outcome.errors.contains("may stand in the place") == (asOf == "2016-02-03"))
    }

    let two = try job()
    for (asOf, visited, status) in [
      ("2016-01-20", "05/01/2016", 0), ("2016-01-27", "", 1), ("2016-02-03", "05/01/2016", 0),
    ] {
      try week(two, visited)
      try two.write(
        "Visit ID,Person ID,Planned,Visited\nW1,2,04/01/2016,05/01/2016\n",
        to: "extracts/visits_west.csv")
      #expect(try run(two, asOf).status == status, "\(asOf)")
    }

    let filled = try job()
    for (asOf, visited) in [
      ("2016-01-13", "05/01/2016"), ("2016-01-20", ""), ("2016-01-27", "06/01/2016"),
    ] {
      try week(filled, visited)
      #expect(try run(filled, asOf).status != 3, "\(asOf)")
    }
    try week(filled, "05/01/2016")
    #expect(try run(filled, "2016-01-23", "--backfill").status != 3)
  }

  @Test("an option that had nothing to accept is told, so that it stays in no crontab")
  func acceptsNothingLost() throws {
    let scratch = try job()
    func idle(_ table: String) -> String { "--accept-shrink \(table) had nothing to accept." }
    try week(scratch, "05/01/2016")
    let first = try run(scratch, "2016-01-20", "--accept-shrink", "visits")
    #expect(first.status == 0)
    #expect(first.errors.contains(idle("visits")), "\(first.errors)")
    try week(scratch, "05/01/2016", count: 12)
    let options = ["--accept-shrink", "visits", "--accept-shrink", "people"]
    for (asOf, isIdle) in [("2016-01-21", false), ("2016-01-22", true)] {
      let outcome = try BuiltProgram().run(
        ["run", "--config", scratch.path("casecheck.yaml"), "--as-of", asOf] + options)
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("Accepted with --accept-shrink visits") == !isIdle)
      #expect(outcome.errors.contains(idle("visits")) == isIdle, "\(outcome.errors)")
      #expect(outcome.errors.contains(idle("people")))
    }
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    try scratch.write("", to: "extracts/visits.csv.gz")
    let gone = try run(scratch, "2016-01-23", "--accept-shrink", "visits")
    #expect(!gone.errors.contains("had nothing to accept"), "\(gone.errors)")
  }

  @Test("a run is held against the one of the same date that it replaces")
  func replaced() throws {
    let scratch = try job()
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
    #expect(try run(scratch, "2016-01-20").status == 3)
  }

  @Test("every loss is told, also what one that was accepted takes with it")
  func losses() throws {
    let scratch = try job()
    try visits(scratch, (1...10).map { "V\($0),1,04/01/2016,05/01/2016" } + ["V11,2,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write(
      "Visit ID,Person ID,Visited\n" + (1...4).map { "V\($0),1,05/01/2016\n" }.joined(),
      to: "extracts/visits.csv")
    let stopped = try run(scratch, "2016-01-27")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("a column for planned_on"))
    #expect(stopped.output.contains("visits has 4 rows, and had 11"))
    let accepted = try run(scratch, "2016-01-28", "--accept-shrink", "visits")
    #expect(
      accepted.errors.contains(
        "Accepted with --accept-shrink visits: visits has 4 rows, and had 11")
    )
  }

  @Test(
    "a file that was copied over another does not stand in for it, and one always given twice stops nothing"
  )
  func twins() throws {
    let scratch = try job()
    try scratch.write(
      "Visit ID,Person ID,Planned,Visited\nV9,9,04/01/2016,\n", to: "extracts/visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    let east = try String(contentsOfFile: scratch.path("extracts/visits.csv"), encoding: .utf8)
    try scratch.write(east, to: "extracts/visits_west.csv")
    let stopped = try run(scratch, "2016-01-21")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("had 2 files with rows; now it has 1, each counted once"))
    #expect(stopped.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    #expect(try run(scratch, "2016-01-22", "--accept-shrink", "visits").status == 1)
    #expect(try run(scratch, "2016-01-23").status == 1)
  }

  @Test("a column that is emptied is lost like one whose heading is gone; of few values it is said")
  func emptied() throws {
    let scratch = try job()
    let made = (1...10).map { "V\($0),1,04/01/2016,05/01/2016" }
    try visits(scratch, made + ["V11,2,04/01/2016,"])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, (1...11).map { "V\($0),1,,05/01/2016" })
    let stopped = try run(scratch, "2016-01-21")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("visits held values in planned_on; now no row does"))
    #expect(stopped.output.contains("0 put right"))
    #expect(try run(scratch, "2016-01-22").status == 3, "it is held against the last whole one")

    let few = try job()
    try visits(few, ["V1,1,04/01/2016,05/01/2016", "V2,2,04/01/2016,"])
    #expect(try run(few, "2016-01-20").status == 1)
    try visits(few, ["V1,1,04/01/2016,", "V2,2,04/01/2016,"])
    #expect(
      try run(few, "2016-01-21").errors.contains("visits.visited_on: 1 row held something"))
  }

  @Test("one of several files that is cut stops the job, however little the table loses")
  func cutFile() throws {
    let scratch = try job()
    try visits(scratch, (1...100).map { "V\($0),1,04/01/2016,05/01/2016" })
    func west(_ count: Int) throws {
      let rows = (1...count).map { "W\($0),2,04/01/2016,\n" }
      try scratch.write(
        "Visit ID,Person ID,Planned,Visited\n" + rows.joined(), to: "extracts/visits_west.csv")
    }
    try west(15)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try west(6)
    #expect(try run(scratch, "2016-01-21").status == 1, "so few rows may go by themselves")
    try west(15)
    #expect(try run(scratch, "2016-01-22").status == 1)
    try west(1)
    let stopped = try run(scratch, "2016-01-23")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("visits_west.csv has 1 rows, and had 15"))
    #expect(stopped.output.contains("still open, not evaluated: 14 exceptions of visit-in-time"))
    #expect(try run(scratch, "2016-01-24", "--accept-shrink", "visits").status == 1)
    #expect(try run(scratch, "2016-01-25").status == 1)
  }

  /// Writes into a file the visits of West with these numbers, none of them made yet.
  private func west(_ scratch: ScratchFolder, _ numbers: [String], in file: String) throws {
    let rows = numbers.map { "\($0),2,04/01/2016,\n" }.joined()
    try scratch.write("Visit ID,Person ID,Planned,Visited\n" + rows, to: "extracts/" + file)
  }

  @Test("a file that has another name each day is known by what of it is no digit")
  func datedFile() throws {
    let scratch = try job()
    try visits(scratch, (1...100).map { "V\($0),1,04/01/2016,05/01/2016" })
    let all = (1...20).map { "W\($0)" }
    try west(scratch, all, in: "visits_west_2016-01-20.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits_west_2016-01-20.csv"))
    try west(scratch, Array(all.prefix(3)), in: "visits_west_2016-01-21.csv")
    for _ in 0..<2 {
      // Run again for the same day, it is still compared with the last whole run.
      let stopped = try run(scratch, "2016-01-21")
      #expect(stopped.status == 3)
      #expect(stopped.output.contains("visits_west_#-#-#.csv has 3 rows, and had 20"))
    }
  }

  @Test("a cut file is told however often its first day is run again")
  func cutAgain() throws {
    let scratch = try job()
    try visits(scratch, (1...100).map { "V\($0),1,04/01/2016,05/01/2016" })
    let all = (1...20).map { "W\($0)" }
    try west(scratch, all, in: "visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try west(scratch, Array(all.prefix(3)), in: "visits_west.csv")
    for _ in 0..<3 { #expect(try run(scratch, "2016-01-20").status == 3) }
    #expect(try run(scratch, "2016-01-21").status == 3)
  }

  @Test(
    "records that move to another file are not lost, and those of another file are none of its own")
  func moved() throws {
    let scratch = try job()
    let east = (1...60).map { "V\($0),1,04/01/2016,05/01/2016" }
    let all = (1...30).map { "W\($0)" }
    try visits(scratch, east)
    try west(scratch, all, in: "visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, east + all.prefix(12).map { "\($0),2,04/01/2016," })
    try west(scratch, Array(all.dropFirst(12)), in: "visits_west.csv")
    #expect(try run(scratch, "2016-01-21").status == 1)
    try west(scratch, (1...17).map { "V\($0)" } + ["W30"], in: "visits_west.csv")
    let stopped = try run(scratch, "2016-01-22")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("visits_west.csv has 1 rows, and had 18"))
  }

  @Test("a file whose records stand in another already, written in another way, counts once")
  func copies() throws {
    let scratch = try job()
    let own = (1...100).map { "V\($0),1,04/01/2016,05/01/2016" }
    try visits(scratch, own)
    try west(scratch, (1...12).map { "W\($0)" }, in: "visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write(
      "Printed on 21/01/2016\nVisit ID,Person ID,Planned,Visited\n"
        + own.reversed().joined(separator: "\n") + "\n", to: "extracts/visits_west.csv")
    let stopped = try run(scratch, "2016-01-21")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("visits_west.csv has 0 rows, and had 12"))
    #expect(stopped.output.contains("still open, not evaluated: 12 exceptions of visit-in-time"))
  }

  @Test("a file of which all, or all but few, stands in another comes and goes")
  func overlapping() throws {
    let scratch = try job()
    try visits(scratch, (1...100).map { "V\($0),1,04/01/2016,05/01/2016" })
    for (asOf, more) in [("2016-01-20", ["V100", "W1"]), ("2016-01-21", ["V99"])] {
      try west(scratch, more, in: "visits_west.csv")
      #expect(try run(scratch, asOf).status == 1)
    }
  }

  @Test("last period's extracts that are no longer asked for are missed")
  func noEarlier() throws {
    let scratch = try job("earlier: earlier")
    try scratch.write(
      """
      rules:
        - rule: child-not-lost
          for: people
          check: "!earlier.people.exists(p, p.person_id == person_id && p.worker != worker)"
      """, to: "rules/more.yaml")
    try scratch.write("Person ID,Name,Team,Worker\n1,N,East,W1\n", to: "earlier/people.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    let file = scratch.path("casecheck.yaml")
    let without = try String(contentsOfFile: file, encoding: .utf8)
      .replacing("earlier: earlier", with: "")
    try scratch.write(without, to: "casecheck.yaml")
    let missed = try run(scratch, "2016-01-21")
    #expect(missed.status == 3)
    #expect(missed.output.contains("(earlier) people: earlier runs had an extract of it"))
    #expect(try run(scratch, "2016-01-22", "--accept-shrink", "people").status == 1)
    #expect(try run(scratch, "2016-01-23").status == 1)
  }

  @Test("an extract whose last line did not end may be cut, where it did before")
  func cutInLastCell() throws {
    let scratch = try job()
    let rows = (1...9).map { "V\($0),\($0),04/01/2016,05/01/2016\n" }.joined()
    let headings = "Visit ID,Person ID,Planned,Visited\n"
    try scratch.write(headings + rows + "V10,1,04/01/2016,\n", to: "extracts/visits.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try scratch.write(headings + rows.dropLast(3), to: "extracts/visits.csv")
    let cut = try run(scratch, "2016-01-21")
    #expect(cut.status == 3)
    #expect(cut.output.contains("the last line of visits ended, and now it does not"))
    #expect(try summary(scratch, "2016-01-21").contains("\"stillOpenNotJudged\": 1"))
    #expect(try run(scratch, "2016-01-21", "--accept-shrink", "visits").status != 3)
    // The run before ended without a line end too: that is taken for how the system writes files.
    #expect(try run(scratch, "2016-01-22").status != 3)
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
}
