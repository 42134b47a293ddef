import Foundation
import TestSupport
import Testing

/// Old extracts of tables that come in several files.
extension JobTests {
  /// Writes visits that were all made into another file of the table.
  private func west(_ scratch: ScratchFolder, count: Int) throws {
    let rows = (0..<count).map { "W\($0),2,04/01/2016,05/01/2016\n" }
    try scratch.write(
      "Visit ID,Person ID,Planned,Visited\n" + rows.joined(), to: "extracts/visits_west.csv")
  }

  @Test("an old file among several of its table stops the job, until a later run confirms it")
  func oldFileOfSeveral() throws {
    let scratch = try job()
    for (asOf, visited, count, status) in [
      ("2016-01-20", "05/01/2016", 20, 0), ("2016-01-27", "", 21, 1),
      ("2016-02-03", "05/01/2016", 22, 3), ("2016-02-04", "05/01/2016", 22, 3),
    ] as [(String, String, Int, Int32)] {
      try week(scratch, visited)
      try west(scratch, count: count)
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == status, "\(asOf): \(outcome.errors)")
      guard status == 3 else { continue }
      #expect(
        outcome.errors.contains(
          "visits.csv holds the same bytes as in the run of 2016-01-20, and the run of 2016-01-27 had another extract"
        ), "\(outcome.errors)")
      #expect(!outcome.errors.contains("visits_west.csv holds"), "\(outcome.errors)")
      #expect(!outcome.errors.contains("may stand in the place"), "it is told once")
      #expect(outcome.output.contains("not evaluated: 1 exception of visit-in-time"))
    }
    try people(scratch, count: 11)
    let taken = try run(scratch, "2016-02-05")
    #expect(taken.status == 0, "\(taken.errors)")
    #expect(
      taken.errors.contains(
        "visits.csv holds the same bytes as in the run of 2016-01-20, as it did in the run of 2016-02-04"
      ), "\(taken.errors)")
    #expect(try summary(scratch, "2016-02-05").contains("\"resolved\": 1"))
  }

  @Test("an old file that has fewer rows is not confirmed by the growth of another of its table")
  func oldBesideGrowth() throws {
    let scratch = try job()
    let nights: [(asOf: String, visited: String, rows: Int, west: Int, status: Int32)] = [
      ("2016-01-20", "05/01/2016", 20, 30, 0), ("2016-01-27", "", 21, 31, 1),
      ("2016-02-03", "05/01/2016", 20, 35, 3), ("2016-02-04", "05/01/2016", 20, 36, 3),
    ]
    for (number, night) in nights.enumerated() {
      try people(scratch, count: 10 + number)
      try week(scratch, night.visited, count: night.rows)
      try west(scratch, count: night.west)
      let outcome = try run(scratch, night.asOf)
      #expect(outcome.status == night.status, "\(night.asOf): \(outcome.errors)")
    }
  }

  @Test("beside a file of headings alone the other one is as old")
  func oldBesideHeadings() throws {
    let scratch = try job()
    try west(scratch, count: 0)
    for (asOf, visited, status) in [
      ("2016-01-20", "05/01/2016", 0), ("2016-01-27", "", 1), ("2016-02-03", "05/01/2016", 3),
    ] as [(String, String, Int32)] {
      try week(scratch, visited)
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == status, "\(asOf): \(outcome.errors)")
    }
  }

  @Test("a file that was missing and comes back beside the others stands in the place of none")
  func comesBack() throws {
    let scratch = try job()
    try week(scratch, "05/01/2016")
    try west(scratch, count: 20)
    #expect(try run(scratch, "2016-01-20").status == 0)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits_west.csv"))
    let gone = try run(scratch, "2016-01-21", "--accept-shrink", "visits")
    #expect(gone.status == 0, "\(gone.errors)")
    try west(scratch, count: 20)
    let back = try run(scratch, "2016-01-22")
    #expect(back.status == 0, "\(back.errors)")
    #expect(
      back.errors.contains(
        "visits_west.csv: it holds the same bytes as an extract of the run of 2016-01-20"),
      "\(back.errors)")
  }

  @Test("a day that is filled in from a later run's extracts is told by all files of a table")
  func laterFiles() throws {
    let scratch = try job()
    try west(scratch, count: 12)
    for (asOf, visited, count, status) in [
      ("2016-01-20", "05/01/2016", 10, 0), ("2016-01-21", "", 11, 1),
      ("2016-01-25", "06/01/2016", 12, 0),
    ] as [(String, String, Int, Int32)] {
      try people(scratch, count: count)
      try week(scratch, visited, count: 12)
      let outcome = try run(scratch, asOf)
      #expect(outcome.status == status, "\(asOf): \(outcome.errors)")
    }
    let filled = try run(scratch, "2016-01-23", "--backfill")
    #expect(filled.status == 3)
    #expect(
      filled.errors.contains(
        "visits.csv holds the same bytes as in the run of 2016-01-25, and no run up to the day that is filled in had it"
      ), "\(filled.errors)")
    #expect(filled.output.contains("still open, not evaluated: 1 exception of visit-in-time"))
  }

  @Test("of many old files of one table the run has one sentence, and each file has its own")
  func manyOldFiles() throws {
    let scratch = try job()
    func parts(_ visited: String) throws {
      for number in 1...5 {
        try scratch.write(
          "Visit ID,Person ID,Planned,Visited\nP\(number),2,04/01/2016,\(visited)\n",
          to: "extracts/visits_\(number).csv")
      }
    }
    for (night, visited) in ["05/01/2016", "06/01/2016", "05/01/2016"].enumerated() {
      try people(scratch, count: 10 + night)
      try week(scratch, "05/01/2016", count: 20 + night)
      try parts(visited)
      let outcome = try run(scratch, "2016-01-2\(night)")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let words =
        "5 files of visits hold the same bytes as in the run of 2016-01-20, and the run of 2016-01-21 did not have them (visits_1.csv, visits_2.csv and 3 more): old extracts may"
      #expect(outcome.errors.contains(words) == (night == 2), "\(outcome.errors)")
      #expect(!outcome.errors.contains("it holds the same bytes"), "\(outcome.errors)")
    }
    let words = "it holds the same bytes as an extract of the run of 2016-01-20, which the run of"
    #expect(try summary(scratch, "2016-01-22").components(separatedBy: words).count == 6)
  }
  @Test("many small files of one table that all go back to one run are as old as one of many rows")
  func smallFilesOfOneTable() throws {
    let scratch = try job()
    for (night, visited) in ["05/01/2016", "", "05/01/2016"].enumerated() {
      try people(scratch, count: 10 + night)
      for part in 1...4 {
        let rows = (1...8).map {
          "S\(part)_\($0),2,04/01/2016,\($0 > 4 ? visited : "05/01/2016")\n"
        }
        try scratch.write(
          "Visit ID,Person ID,Planned,Visited\n" + rows.joined(),
          to: "extracts/visits_\(part).csv")
      }
      try FileManager.default.removeItem(atPath: scratch.path("extracts/visits.csv"))
      let outcome = try run(scratch, "2016-01-2\(night)")
      try week(scratch, "05/01/2016")
      #expect(outcome.status == [0, 1, 3][night], "\(outcome.errors)")
    }
  }

  @Test("files come to those that were there only while these are still there")
  func inThePlaceOfOne() throws {
    let scratch = try job()
    func parts(_ count: Int) throws {
      try week(scratch, "05/01/2016", count: count)
      try west(scratch, count: count + 1)
    }
    try parts(20)
    #expect(try run(scratch, "2016-01-20").status == 0)
    for file in ["visits", "visits_west"] {
      try FileManager.default.removeItem(atPath: scratch.path("extracts/\(file).csv"))
    }
    let rows = (0..<45).map { "N\($0),2,04/01/2016,05/01/2016\n" }
    try scratch.write(
      "Visit ID,Person ID,Planned,Visited\n" + rows.joined(), to: "extracts/visits_all.csv")
    try people(scratch, count: 11)
    #expect(try run(scratch, "2016-01-21", "--accept-shrink", "visits").status == 0)
    try FileManager.default.removeItem(atPath: scratch.path("extracts/visits_all.csv"))
    try parts(20)
    try people(scratch, count: 12)
    let old = try run(scratch, "2016-01-22")
    #expect(old.status == 3)
    #expect(
      old.errors.contains("visits.csv holds the same bytes as in the run of 2016-01-20"),
      "\(old.errors)")
  }
}
