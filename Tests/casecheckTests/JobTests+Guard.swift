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

  @Test("two losses of one day, of which neither is too much, make one that is")
  func twiceADay() throws {
    let scratch = try job()
    try people(scratch, count: 100)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try people(scratch, count: 85)
    #expect(try run(scratch, "2016-01-21").status == 1)
    try people(scratch, count: 70)
    for _ in 0..<2 {
      let stopped = try run(scratch, "2016-01-21")
      #expect(stopped.status == 3)
      #expect(stopped.errors.contains("people has 70 rows, and had 100"), "\(stopped.errors)")
    }
    #expect(try run(scratch, "2016-01-21", "--accept-shrink", "people").status == 1)
    // What was accepted is accepted when the day is run again, and nothing that goes beside it.
    let again = try run(scratch, "2016-01-21")
    #expect(again.status == 1)
    #expect(again.errors.contains("as in a run of this day that this one replaces"))
    try people(scratch, count: 69)
    #expect(try run(scratch, "2016-01-21").status == 1)
    try people(scratch, count: 60)
    #expect(try run(scratch, "2016-01-21").status == 3)
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
}
