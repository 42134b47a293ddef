import Foundation
import TestSupport
import Testing

/// Records and values that can no longer be read, which puts nothing in order.
extension JobTests {
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
}
