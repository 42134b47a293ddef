import Foundation
import TestSupport
import Testing

/// An old folder in the place of the new one, which brings its small tables back as well.
extension JobTests {
  /// Writes ten people, of whom the first lacks a name where it is empty.
  private func people(_ scratch: ScratchFolder, first name: String) throws {
    let rows = (1...10).map { "\($0),\($0 == 1 ? name : "Name \($0)"),East,W\($0)\n" }
    try scratch.write(
      "Person ID,Name,Team,Worker\n" + rows.joined(), to: "extracts/people.csv")
  }

  @Test("beside a table that is old a small one of the same run is as old, and closes nothing")
  func smallBesideOld() throws {
    let scratch = try job()
    let weeks: [(asOf: String, name: String, visited: String, status: Int32)] = [
      ("2016-01-20", "Name 1", "05/01/2016", 0), ("2016-01-27", "", "", 1),
      ("2016-02-03", "Name 1", "05/01/2016", 3), ("2016-02-04", "Name 1", "05/01/2016", 3),
    ]
    for week in weeks {
      try people(scratch, first: week.name)
      try self.week(scratch, week.visited)
      let outcome = try run(scratch, week.asOf)
      #expect(outcome.status == week.status, "\(week.asOf): \(outcome.errors)")
      guard week.status == 3 else { continue }
      for table in ["people", "visits"] {
        #expect(
          outcome.errors.contains(
            "\(table).csv holds the same bytes as in the run of 2016-01-20, and the run of 2016-01-27 had another extract"
          ), "\(outcome.errors)")
        #expect(outcome.errors.contains("--accept-shrink \(table)"))
      }
      #expect(!outcome.errors.contains("may stand in the place"), "it is told once")
      #expect(outcome.output.contains("not evaluated: 2 exceptions of"), "\(outcome.output)")
      #expect(try summary(scratch, week.asOf).contains("\"resolved\": 0"))
    }
    // The visits are new, and the people are still those of the last run.
    try week(scratch, "06/01/2016", count: 21)
    let taken = try run(scratch, "2016-02-05")
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(try summary(scratch, "2016-02-05").contains("\"resolved\": 2"))
  }

  @Test("a small table beside an old one is not old where no run has read it")
  func smallAndNotOld() throws {
    let scratch = try job()
    for (asOf, name, visited, status) in [
      ("2016-01-20", "Name 1", "05/01/2016", 0), ("2016-01-27", "", "", 1),
      ("2016-02-03", "Other", "05/01/2016", 3), ("2016-02-04", "Other", "05/01/2016", 3),
    ] as [(String, String, String, Int32)] {
      try people(scratch, first: name)
      try week(scratch, visited)
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == status, "\(asOf): \(outcome.errors)")
      #expect(!outcome.errors.contains("people.csv holds the same"), "\(outcome.errors)")
    }
    #expect(try summary(scratch, "2016-02-03").contains("\"resolved\": 1"))
  }

  @Test(
    "several small tables that all go back to one earlier run are an old folder where nothing is new",
    arguments: [(false, 3), (true, 0)] as [(Bool, Int32)])
  func smallFolder(_ isNew: Bool, _ status: Int32) throws {
    let scratch = try job()
    let nights: [(asOf: String, name: String, visited: String, status: Int32)] = [
      ("2016-01-20", "Name 1", "05/01/2016", 0), ("2016-01-27", "", "", 1),
      ("2016-02-03", "Name 1", "05/01/2016", status),
      ("2016-02-04", "Name 1", "05/01/2016", status),
    ]
    for (number, night) in nights.enumerated() {
      try people(scratch, first: night.name)
      try week(scratch, night.visited, count: 12)
      let others = (0...(isNew ? number : 0)).map { "W\($0),2,04/01/2016,05/01/2016\n" }
      try scratch.write(
        "Visit ID,Person ID,Planned,Visited\n" + others.joined(), to: "extracts/visits_west.csv")
      let outcome = try run(scratch, night.asOf)
      #expect(outcome.status == night.status, "\(night.asOf): \(outcome.errors)")
      guard night.status == 3 else { continue }
      for table in ["people", "visits"] {
        #expect(
          outcome.errors.contains(
            "\(table).csv holds the same bytes as in the run of 2016-01-20, and the run of 2016-01-27 had another extract"
          ), "\(outcome.errors)")
      }
      #expect(!outcome.errors.contains("may stand in the place"), "it is told once")
      #expect(try summary(scratch, night.asOf).contains("\"resolved\": 0"))
    }
    guard status == 3 else { return }
    try week(scratch, "06/01/2016", count: 13)
    let taken = try run(scratch, "2016-02-05")
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(try summary(scratch, "2016-02-05").contains("\"resolved\": 2"))
  }

  @Test("small tables that go back to different runs are no old folder")
  func smallFromTwoRuns() throws {
    let scratch = try job()
    for (asOf, name, visited, status) in [
      ("2016-01-20", "Name 1", "05/01/2016", 0), ("2016-01-21", "Other", "06/01/2016", 0),
      ("2016-01-22", "Third", "07/01/2016", 0),
      // The people of the first run, and the visits of the second.
      ("2016-01-23", "Name 1", "06/01/2016", 0),
    ] as [(String, String, String, Int32)] {
      try people(scratch, first: name)
      try week(scratch, visited, count: 12)
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == status, "\(asOf): \(outcome.errors)")
    }
  }
}
