import ExceptionLedger
import Exceptions
import Testing
import WorkingTime

/// What is gone with a table's newest records may only be cut off.
@Suite("A table that has lost its newest records")
struct LostNewestTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  @Test(
    "puts right in that run neither what is gone with them nor what a rule no longer finds in them",
    arguments: [
      // What is shown, the tables whose other records the rule looks for, and whether it stays open.
      (.gone, [], true), (.ofDouble, [], true), (.inOrder, ["visits"], true),
      (.leftOut, ["visits"], true), (.inOrder, [], false), (.leftOut, ["people"], false),
      (.done, ["visits"], false),
    ] as [(Evidence, [String], Bool)])
  func held(_ evidence: Evidence, _ compared: [String], _ isHeld: Bool) throws {
    try record(report("2016-01-04", [exception("V1"), exception("V9")]), in: path)
    func night(_ asOf: String, hasLost: Bool) throws -> RunReport {
      var night = report(asOf, [exception("V9")])
      night.tables[0].hasLostItsNewest = hasLost
      for place in night.rules.indices { night.rules[place].comparesWith = compared }
      return try record(night, in: path, evidence: { $0.map { _ in evidence } })
    }
    for _ in 1...2 {
      let lost = try night("2016-01-05", hasLost: true)
      #expect(lost.news?.unsettled.map(\.key.record) == (isHeld ? ["V1"] : []))
      #expect(lost.news?.unsettled.allSatisfy { $0.doubt == .notJudged } == true)
      #expect(lost.news?.ended.map(\.key.record) == (isHeld ? [] : ["V1"]))
    }
    let next = try night("2016-01-06", hasLost: false)
    #expect(next.news?.ended.map(\.key.record) == (isHeld ? ["V1"] : []))
    #expect(next.news?.ended.allSatisfy { $0.end?.isPutRight == true } == true)
  }

  @Test("keeps what the run of the same day opened that it replaces")
  func replaced() throws {
    try record(report("2016-01-04", [exception("V9")]), in: path)
    try record(report("2016-01-05", [exception("V1"), exception("V9")]), in: path)
    var lost = report("2016-01-05", [exception("V9")])
    lost.tables[0].hasLostItsNewest = true
    let told = try record(lost, in: path, evidence: { $0.map { _ in .gone } })
    #expect(told.news?.unsettled.map(\.key.record) == ["V1"])
  }
}
