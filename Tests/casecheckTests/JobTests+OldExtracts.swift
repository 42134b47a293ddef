import Foundation
import TestSupport
import Testing

/// An old extract in the place of the new one, and one that has not been exported anew.
extension JobTests {
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

  @Test("a table that a correction brings back to what it was is doubted for one run, then taken")
  func correctedBack() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try people(scratch, count: 11)
    try week(scratch, "")
    #expect(try run(scratch, "2016-01-21").status == 1)
    try people(scratch, count: 12)
    try week(scratch, "05/01/2016")
    for _ in 1...2 {
      let doubted = try run(scratch, "2016-01-22")
      #expect(doubted.status == 3, "the first night of an old extract looks no different")
      #expect(doubted.errors.contains("or wait for the next run"), "\(doubted.errors)")
    }
    #expect(try run(scratch, "2016-01-23").status == 3, "no other extract is new")
    try people(scratch, count: 13)
    for _ in 1...2 {
      let taken = try run(scratch, "2016-01-24")
      #expect(taken.status == 0, "\(taken.errors)")
      #expect(
        taken.errors.contains(
          "visits.csv holds the same bytes as in the run of 2016-01-20, as it did in the run of 2016-01-23"
        ), "\(taken.errors)")
      #expect(try summary(scratch, "2016-01-24").contains("\"resolved\": 1"))
    }
    try people(scratch, count: 14)
    let next = try run(scratch, "2016-01-25")
    #expect(next.status == 0)
    #expect(next.output + next.errors == "", "it is told once")
  }

  @Test("an old extract that has fewer rows is doubted for three runs in which others were new")
  func oldAndShorter() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try people(scratch, count: 11)
    try week(scratch, "", count: 21)
    #expect(try run(scratch, "2016-01-21").status == 1)
    try week(scratch, "05/01/2016")
    // On the second of these nights nothing is new.
    for (asOf, count) in [
      ("2016-01-22", 12), ("2016-01-23", 12), ("2016-01-24", 13), ("2016-01-25", 14),
    ] {
      try people(scratch, count: count)
      #expect(try run(scratch, asOf).status == 3, "\(asOf)")
    }
    for _ in 1...2 {
      let taken = try run(scratch, "2016-01-26")
      #expect(taken.status == 0, "\(taken.errors)")
      #expect(
        taken.errors.contains(
          "visits.csv holds the same bytes as in the run of 2016-01-20, as it did in every run since that of 2016-01-22, and other extracts were new in 3 of them: its records count as they stand."
        ), "\(taken.errors)")
      #expect(try summary(scratch, "2016-01-26").contains("\"resolved\": 1"))
    }
    try people(scratch, count: 15)
    let next = try run(scratch, "2016-01-27")
    #expect(next.status == 0)
    #expect(next.output + next.errors == "", "it is told once")
  }

  @Test("an old folder stays in doubt however often it is read")
  func oldForLong() throws {
    let scratch = try job()
    try people(scratch, count: 20)
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try people(scratch, count: 21)
    try week(scratch, "", count: 21)
    #expect(try run(scratch, "2016-01-21").status == 1)
    try people(scratch, count: 20)
    try week(scratch, "05/01/2016")
    for day in 22...27 { #expect(try run(scratch, "2016-01-\(day)").status == 3, "\(day)") }
  }

  @Test(
    "an extract that mends what the last run had cut off is no old one",
    arguments: [
      // The rows and a visit of the night between, and how the next one ends.
      (85, "05/01/2016", 0),
      // So few rows may have gone by themselves, and this visit has been made since.
      (95, "05/01/2016", 3), (85, "06/01/2016", 3),
    ] as [(Int, String, Int32)])
  func mended(_ count: Int, _ visited: String, _ status: Int32) throws {
    let scratch = try job()
    try week(scratch, "05/01/2016", count: 100)
    #expect(try run(scratch, "2016-01-20").status == 0)
    try week(scratch, visited, count: count)
    #expect(try run(scratch, "2016-01-21").status == 0)
    try week(scratch, "05/01/2016", count: 100)
    for _ in 1...2 {
      let outcome = try run(scratch, "2016-01-22")
      #expect(outcome.status == status, "\(outcome.errors)")
      let words =
        "visits.csv holds the same bytes as in the run of 2016-01-20, 15 rows more than in the run of 2016-01-21"
      #expect(outcome.errors.contains(words) == (status == 0), "\(outcome.errors)")
      #expect(!outcome.errors.contains("may stand in the place"), "it is told once")
    }
  }

  @Test("a day that is filled in from the extracts of a later run puts nothing right, and says so")
  func laterExtracts() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    #expect(try run(scratch, "2016-01-20").status == 0)
    try people(scratch, count: 11)
    try week(scratch, "")
    #expect(try run(scratch, "2016-01-21").status == 1)
    try people(scratch, count: 12)
    try week(scratch, "06/01/2016")
    for asOf in ["2016-01-25", "2016-01-26"] { #expect(try run(scratch, asOf).status == 0) }
    #expect(
      try run(scratch, "2016-01-25", "--backfill").status == 0, "they are that day's own as well")
    for _ in 1...2 {
      let filled = try run(scratch, "2016-01-23", "--backfill")
      #expect(filled.status == 3)
      #expect(
        filled.errors.contains(
          "visits.csv holds the same bytes as in the run of 2016-01-25, and no run up to the day that is filled in had it"
        ), "\(filled.errors)")
      #expect(filled.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    }
    let second = try run(scratch, "2016-01-24", "--backfill")
    #expect(second.status == 3, "the first day that was filled in is no witness")
    #expect(second.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
    let accepted = try run(scratch, "2016-01-23", "--backfill", "--accept-shrink", "visits")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(accepted.errors.contains("Accepted with --accept-shrink visits: visits.csv holds"))
    try people(scratch, count: 11)
    #expect(
      try run(scratch, "2016-01-22", "--backfill").status == 0, "no later run had these people")
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

  @Test("few rows that go back to what they were, and a run filled in stop nothing")
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
}
