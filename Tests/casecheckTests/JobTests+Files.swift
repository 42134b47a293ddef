import Foundation
import TestSupport
import Testing

/// Tables of several files, of which one is cut, renamed, moved or given twice.
extension JobTests {
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
    #expect(stopped.output.contains("visits_west.csv has 1 row, and had 15"))
    #expect(stopped.output.contains("still open, not evaluated: 14 exceptions of visit-in-time"))
    #expect(try run(scratch, "2016-01-24", "--accept-shrink", "visits").status == 1)
    #expect(try run(scratch, "2016-01-25").status == 1)
  }

  /// Writes into a file the visits of West with these numbers, none of them made yet.
  private func west(_ scratch: ScratchFolder, _ numbers: [String], in file: String) throws {
    let rows = numbers.map { "\($0),2,04/01/2016,\n" }.joined()
    try scratch.write("Visit ID,Person ID,Planned,Visited\n" + rows, to: "extracts/" + file)
  }

  @Test("a file that has another date in its name each day is known by the rest of it")
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
      let words =
        "visits_west_2016-01-21.csv has 3 rows, and visits_west_2016-01-20.csv had 20 when the table was last whole"
      #expect(stopped.errors.contains(words), "\(stopped.errors)")
    }
  }

  /// Takes files of visits away.
  private func remove(_ scratch: ScratchFolder, _ files: [String]) throws {
    for file in files {
      try FileManager.default.removeItem(atPath: scratch.path("extracts/" + file))
    }
  }

  @Test(
    "a number in a file's name is no date where it is the same each day",
    arguments: [
      // Another number has come, and nobody knows whether it holds the same records.
      (["visits_1.csv", "visits_2.csv"], ["visits_1.csv", "visits_3.csv"], "visits_2.csv"),
      (
        ["visits_2016-01-20_1.csv", "visits_2016-01-20_2.csv"],
        ["visits_2016-01-21_1.csv", "visits_2016-01-21_3.csv"], "visits_2016-01-20_2.csv"
      ),
      (
        ["visits_2016-01-20_1.csv", "visits_2016-01-20_2.csv", "visits_2016-01-20_3.csv"],
        ["visits_2016-01-21_1.csv", "visits_2016-01-21_2.csv", "visits_2016-01-21_4.csv"],
        "visits_2016-01-20_3.csv"
      ),
      // Nothing but the date has changed.
      (["visits_2016-01-20.csv"], ["visits_2016-01-21.csv"], nil),
      (
        ["visits_2016-01-20_1.csv", "visits_2016-01-20_2.csv"],
        ["visits_2016-01-21_1.csv", "visits_2016-01-21_2.csv"], nil
      ),
      (
        ["visits_1_20160120_061501.csv", "visits_2_20160120_061502.csv"],
        ["visits_1_20160121_061502.csv", "visits_2_20160121_061503.csv"], nil
      ),
      // A file of each day beside an archive that keeps its date.
      (
        ["visits_20151231.csv", "visits_20160120.csv"],
        ["visits_20151231.csv", "visits_20160121.csv"], nil
      ),
    ] as [([String], [String], String?)])
  func numbered(_ before: [String], _ after: [String], _ missing: String?) throws {
    let scratch = try job()
    try visits(scratch, (1...200).map { "V\($0),1,04/01/2016,05/01/2016" })
    for (place, file) in before.enumerated() {
      try west(scratch, (1...15).map { "W\(place)_\($0)" }, in: file)
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    try remove(scratch, before)
    for (place, file) in after.enumerated() {
      let isOther = missing != nil && place == after.count - 1
      try west(scratch, (1...15).map { "W\(isOther ? 9 : place)_\($0)" }, in: file)
    }
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.status == 1, "\(outcome.errors)")
    let words = "which had 15 rows when the table was last whole, is not there any more"
    if let missing {
      #expect(outcome.errors.contains("visits: \(missing), \(words)"), "\(outcome.errors)")
    } else {
      #expect(!outcome.errors.contains("is not there"), "\(outcome.errors)")
    }
  }

  @Test("of many files it is said which is not there")
  func missingFile() throws {
    let scratch = try job()
    try visits(scratch, (1...200).map { "V\($0),1,04/01/2016,05/01/2016" })
    for number in 1...3 {
      let few = number == 3 ? 2 : 15
      try west(scratch, (1...few).map { "W\(number)_\($0)" }, in: "visits_00\(number).csv")
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    try remove(scratch, ["visits_002.csv", "visits_003.csv"])
    let stopped = try run(scratch, "2016-01-21")
    #expect(stopped.status == 3)
    let words =
      "visits had 4 files with rows; now it has 2: visits_002.csv, which had 15 rows, is not there; visits_003.csv, which had 2 rows, is not there. Nothing in it counts as put right."
    #expect(stopped.errors.contains(words), "\(stopped.errors)")
    #expect(
      stopped.errors.contains("visits_002.csv is not there, and had 15 rows"), "\(stopped.errors)")
    #expect(!stopped.errors.contains("#"))
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
    let moved = try run(scratch, "2016-01-21")
    #expect(moved.status == 1)
    #expect(
      moved.errors.contains(
        "visits_west.csv, which had 30 rows when the table was last whole, has 18"))
    try west(scratch, (1...17).map { "V\($0)" } + ["W30"], in: "visits_west.csv")
    let stopped = try run(scratch, "2016-01-22")
    #expect(stopped.status == 3)
    #expect(stopped.output.contains("visits_west.csv has 1 row, and had 18"))
  }

  @Test(
    "files that have other names lose what is in none of them, however little their table loses",
    arguments: [(86, 1), (40, 3)])
  func renamed(_ count: Int, _ status: Int32) throws {
    let scratch = try job()
    let all = (1...98).map { "W\($0)" }
    func put(_ numbers: some Sequence<String>, in file: String) throws {
      try west(scratch, Array(numbers), in: file)
    }
    try put((1...400).map { "V\($0)" }, in: "visits.csv")
    try put(all.prefix(49), in: "visits_1.csv")
    try put(all.dropFirst(49), in: "visits_2.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    for file in ["visits_1.csv", "visits_2.csv"] {
      try FileManager.default.removeItem(atPath: scratch.path("extracts/" + file))
    }
    try put(all.prefix(20), in: "visits_a.csv")
    try put(all[20..<count], in: "visits_b.csv")
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.status == status, "\(outcome.output)")
    let both = "visits_1.csv and visits_2.csv"
    #expect(
      outcome.errors.contains("\(both) are not there, and had 98 rows") == (status == 3),
      "\(outcome.errors)")
    let remark =
      "\(both), which had 98 rows when the table was last whole, are not there any more"
    #expect(outcome.errors.contains(remark) == (status == 1), "\(outcome.errors)")
  }

  @Test(
    "a file that is cut is not hidden by the usual growth of another",
    arguments: [
      // Where the table has no fewer rows all in all, it can only be told.
      (600, 620, 3), (600, 640, 1), (60, 110, 1),
    ])
  func cutBesideGrowth(_ before: Int, _ after: Int, _ status: Int32) throws {
    let scratch = try job()
    func east(_ count: Int) throws {
      try visits(scratch, (1...count).map { "V\($0),1,04/01/2016,05/01/2016" })
    }
    try east(before)
    try west(scratch, (1...30).map { "W\($0)" }, in: "visits_west.csv")
    #expect(try run(scratch, "2016-01-20").status == 1)
    try east(after)
    try west(scratch, ["W1"], in: "visits_west.csv")
    let outcome = try run(scratch, "2016-01-21")
    #expect(outcome.status == status, "\(outcome.errors)")
    let words =
      status == 3 ? "visits_west.csv has 1 row, and had 30" : "visits_west.csv, which had 30 rows"
    #expect(outcome.errors.contains(words), "\(outcome.errors)")
  }

  @Test("a large file that has another name does not stand for a small one that was cut")
  func renamedAndCut() throws {
    let scratch = try job()
    func put(_ names: (String, String), _ few: Int) throws {
      try west(scratch, (1...400).map { "V\($0)" }, in: "visits_\(names.0).csv")
      try west(scratch, (1...few).map { "W\($0)" }, in: "visits_\(names.1).csv")
    }
    try put(("a", "b"), 40)
    #expect(try run(scratch, "2016-01-20").status == 1)
    for file in ["visits_a.csv", "visits_b.csv"] {
      try FileManager.default.removeItem(atPath: scratch.path("extracts/" + file))
    }
    try put(("east", "west"), 1)
    let stopped = try run(scratch, "2016-01-21")
    #expect(stopped.status == 3)
    #expect(
      stopped.errors.contains("visits_b.csv is not there, and had 40 rows"), "\(stopped.errors)")
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
}
