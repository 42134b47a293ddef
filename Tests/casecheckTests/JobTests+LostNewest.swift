import Foundation
import TestSupport
import Testing

/// Tables that have fewer records and an earlier newest date than they had.
extension JobTests {
  /// Visits that were made in time.
  private static let made = (1...20).map { "V\($0),1,04/01/2016,05/01/2016" }
  private static let overdue = "V21,1,06/01/2016,"
  private static let newest = "V22,1,07/01/2016,08/01/2016"

  @Test("what is gone with the newest records of a table is not put right in that run")
  func cutBetweenRecords() throws {
    let scratch = try job()
    try visits(scratch, Self.made + [Self.overdue, Self.newest])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, Self.made)
    let words =
      "visits: the newest date in it is 2016-01-05, and was 2016-01-08 in the run of 2016-01-20, which had 22 rows where it has 20 now: its newest records may be cut off"
    // Made again, the run is not compared with its own first attempt.
    for _ in 1...2 {
      let cut = try run(scratch, "2016-01-21")
      #expect(cut.status == 1, "\(cut.errors)")
      #expect(cut.errors.contains(words), "\(cut.errors)")
      #expect(cut.errors.components(separatedBy: "the newest date in it").count == 2)
      #expect(cut.output.contains("still open, not judged: 1 exception of visit-in-time"))
      let figures = try summary(scratch, "2016-01-21")
      #expect(figures.contains("\"resolved\": 0"))
      #expect(figures.contains("\"standing\": \"not at zero\""))
    }
    let next = try run(scratch, "2016-01-22")
    #expect(next.status == 0, "\(next.errors)")
    #expect(!next.errors.contains("the newest date in it"), "\(next.errors)")
    #expect(try summary(scratch, "2016-01-22").contains("\"resolved\": 1"))
  }

  @Test("what was open goes on where the records are there again")
  func cutAndWhole() throws {
    let scratch = try job()
    try visits(scratch, Self.made + [Self.overdue, Self.newest])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, Self.made)
    #expect(try run(scratch, "2016-01-21").status == 1)
    try visits(
      scratch, Self.made + [Self.overdue, Self.newest, "V23,1,19/01/2016,20/01/2016"])
    #expect(try run(scratch, "2016-01-22").status == 1)
    let listed = try rows(scratch, "lists/2016-01-22/exceptions.csv")
    #expect(listed.map { $0["first_seen"] } == ["2016-01-20"])
    #expect(listed.map { $0["runs_open"] } == ["3"])
  }

  @Test("a loss of the newest records that is accepted ends what is gone with them")
  func acceptedLossOfNewest() throws {
    let scratch = try job()
    try visits(scratch, Self.made + [Self.overdue, Self.newest])
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, Self.made)
    let accepted = try run(scratch, "2016-01-21", "--accept-shrink", "visits")
    #expect(accepted.status == 0, "\(accepted.errors)")
    #expect(
      accepted.errors.contains("Accepted with --accept-shrink visits: visits: the newest date"),
      "\(accepted.errors)")
    #expect(!accepted.errors.contains("nothing to accept"), "\(accepted.errors)")
    #expect(accepted.errors.components(separatedBy: "the newest date in it").count == 2)
    let figures = try summary(scratch, "2016-01-21")
    #expect(figures.contains("\"resolved\": 0"))
    #expect(figures.contains("\"lapsed\": 1"))
  }

  @Test(
    "a record that is deleted by itself, or old ones that leave, are as ever",
    arguments: [
      // The rows of the first night, and those of the second, without the overdue visit.
      (made + [overdue], made), (made + [overdue, newest], Array(made.dropLast(2)) + [newest]),
      (made + [overdue, newest], made + [newest]),
    ] as [([String], [String])])
  func deletedByItself(_ first: [String], _ second: [String]) throws {
    let scratch = try job()
    try visits(scratch, first)
    #expect(try run(scratch, "2016-01-20").status == 1)
    try visits(scratch, second)
    let next = try run(scratch, "2016-01-21")
    #expect(next.status == 0, "\(next.errors)")
    #expect(!next.errors.contains("newest records may be cut off"), "\(next.errors)")
    #expect(try summary(scratch, "2016-01-21").contains("\"resolved\": 1"))
  }
}
