import ExceptionLedger
import Exceptions
import Testing
import Values

/// Exceptions that are no longer listed while records or values cannot be read.
///
/// One that the unread records or values may still show does not count as put right.
@Suite("What could not be read")
struct UnreadTests {
  let scratch = Scratch()
  var path: String { scratch.file("l.sqlite") }

  /// A run that could not read the records with these texts.
  private func run(
    _ asOf: String, _ listed: [CaseException] = [], unread: [String] = [], isPart: Bool = false
  ) -> RunReport {
    var run = report(asOf, listed)
    var constraint = run.rules[0]
    (constraint.name, constraint.kind) = ("visits.row", .constraint)
    var type = constraint
    type.name = "visits.seen_on.type"
    run.rules += [constraint, type]
    var input = InputReport(path: "visits.csv", table: "visits")
    for (number, text) in unread.enumerated() {
      input.rejects.append(
        RejectedRecord(line: number + 2, reason: "a comma too many", text: text, isPart: isPart))
      var row = exception("line:\(number + 2)", rule: "visits.row", team: "", status: .failed)
      row.sourceFile = "visits.csv"
      row.sourceLine = number + 2
      row.value = text
      row.personID = ""
      run.exceptions.append(row)
    }
    run.inputs = [input]
    return run
  }

  private func isOpen(_ told: RunReport, _ record: String = "V1") -> Bool {
    told.news?.unsettled.contains { $0.key.record == record } ?? false
  }

  @Test("what a run made again holds open, one made a third time holds as well")
  func threeTimes() throws {
    try record(run("2016-01-04", [exception("V1")]), in: path)
    for _ in 0..<3 {
      let again = try record(
        run("2016-01-04", unread: ["V1,P-V1,late"]), in: path, evidence: { $0.map { _ in .gone } })
      #expect(isOpen(again))
    }
  }

  @Test("a child's new number is the one by which records that cannot be read are theirs")
  func renamed() throws {
    for (number, holds) in [("C7", true), ("C6", false)] {
      let path = scratch.file(number)
      var failed = exception("V1")
      for (asOf, person) in [("2016-01-04", "C6"), ("2016-01-11", "C7")] {
        failed.personID = person
        try record(run(asOf, [failed]), in: path)
      }
      let told = try record(run("2016-01-18", unread: ["V1,\(number),x"]), in: path)
      #expect(isOpen(told) == holds)
    }
  }

  @Test(
    "a record in order is not the one that was listed where another of its key cannot be read",
    arguments: [
      ("V1,C7,x", true), ("V12,C7,x", false), ("xV1,C7,x", false), ("V1,C9,x", false),
      ("V2,C7,see V1", true),
    ])
  func ownKey(_ text: String, _ holds: Bool) throws {
    var failed = exception("V1")
    failed.personID = "C7"
    try record(run("2016-01-04", [failed]), in: path)
    #expect(isOpen(try record(run("2016-01-11", unread: [text]), in: path)) == holds)
    // A record that was already unreadable when it was last listed never showed it.
    try record(run("2016-01-18", [failed], unread: [text]), in: path)
    #expect(!isOpen(try record(run("2016-01-25", unread: [text]), in: path)))
  }

  @Test("a number is the same with zeros before it", arguments: [("007", "7"), ("7", "007")])
  func zeros(_ key: String, _ text: String) throws {
    try record(run("2016-01-04", [exception(key)]), in: path)
    let told = try record(
      run("2016-01-11", unread: ["\(text),P-\(key),x", "70,P-\(key)"]), in: path)
    #expect(isOpen(told, key))
  }

  @Test("a group that is gone may be any record's that could not be read, whatever it goes by")
  func group() throws {
    func limit(_ run: RunReport) -> RunReport {
      var run = run
      run.rules[0].kind = .limit
      return run
    }
    try record(limit(run("2016-01-04", [exception("Jo Smith")])), in: path)
    let told = try record(
      limit(run("2016-01-11", unread: ["V1,W7"])), in: path, evidence: { $0.map { _ in .gone } })
    #expect(isOpen(told, "Jo Smith"))
  }

  @Test(
    "a record that was readable in a run that was not whole has been unread since the run after it")
  func since() throws {
    try record(run("2016-01-04", unread: ["V9,P-V1"]), in: path)
    var shrunk = run("2016-01-11", [exception("V1")])
    shrunk.rules[0].comparesWith = ["visits"]
    shrunk.rules.removeAll { $0.name == "visits.row" }
    try record(shrunk, in: path)
    var again = run("2016-01-18", unread: ["V9,P-V1"])
    again.rules[0].comparesWith = ["visits"]
    #expect(isOpen(try record(again, in: path)))
  }

  @Test(
    "a value of the child's that cannot be read any more, or is none, puts nothing in order that looks for it",
    arguments: [
      ("P-V1", "seen_on", "type", true), ("P-V2", "seen_on", "type", false),
      ("", "seen_on", "type", true), ("P-V1", "written_on", "type", false),
      ("P-V1", "seen_on", "enum", true), ("P-V1", "seen_on", "maximum", true),
      ("P-V1", "seen_on", "minimum", true), ("P-V1", "seen_on", "unique", false),
    ])
  func values(_ person: String, _ field: String, _ kind: String, _ holds: Bool) throws {
    func compared(_ run: RunReport) -> RunReport {
      var run = run
      run.rules[3].name = "visits.seen_on.\(kind)"
      run.rules[0].comparesWith = ["visits"]
      run.rules[0].fields = ["visits.seen_on"]
      return run
    }
    var type = exception("V5", rule: "visits.seen_on.\(kind)", status: .failed)
    type.personID = person
    type.field = field
    try record(compared(run("2016-01-04", [exception("V1")])), in: path)
    #expect(isOpen(try record(compared(run("2016-01-11", [type])), in: path)) == holds)
    try record(compared(run("2016-01-18", [exception("V1"), type])), in: path)
    // What the child's own value would have shown may have been listed for another reason as well.
    let mayHide = holds && !person.isEmpty
    #expect(isOpen(try record(compared(run("2016-01-25", [type])), in: path)) == mayHide)
  }

  @Test(
    "another slip of nobody's each day holds nothing open that was in order beside it, as another of the child's does",
    arguments: [("", false), ("P-V1", true)])
  func slips(_ person: String, _ holds: Bool) throws {
    func compared(_ asOf: String, _ listed: [CaseException]) -> RunReport {
      var run = run(asOf, listed)
      run.rules[0].comparesWith = ["visits"]
      run.rules[0].fields = ["visits.seen_on"]
      return run
    }
    func slip(_ record: String) -> CaseException {
      var type = exception(record, rule: "visits.seen_on.type", status: .failed)
      (type.personID, type.field) = (person, "seen_on")
      return type
    }
    try record(compared("2016-01-04", [exception("V1")]), in: path)
    #expect(isOpen(try record(compared("2016-01-05", [slip("V5")]), in: path)))
    #expect(isOpen(try record(compared("2016-01-06", [slip("V5")]), in: path)))
    #expect(isOpen(try record(compared("2016-01-07", [slip("V6")]), in: path)) == holds)
  }

  @Test(
    "what only untrusted runs have listed is over in spite of what was in doubt before them",
    arguments: [
      // Whether the run that listed it is trusted, the doubt is older, and holds it open.
      (false, true, false), (true, true, true), (false, false, true),
    ])
  func badNight(_ isTrusted: Bool, _ isOlder: Bool, _ holds: Bool) throws {
    func compared(_ asOf: String, _ listed: [CaseException]) -> RunReport {
      var run = run(asOf, listed)
      run.rules[0].comparesWith = ["visits"]
      run.rules[0].comparesWithAnybodys = ["visits"]
      run.rules[0].fields = ["visits.seen_on"]
      return run
    }
    var type = exception("V5", rule: "visits.seen_on.type", status: .failed)
    type.field = "seen_on"
    try record(compared("2016-01-04", isOlder ? [type] : []), in: path)
    var night = compared("2016-01-05", [exception("V1")])
    night.tables[0].isWhole = false
    if !isTrusted {
      night.faults = [
        FaultReport(
          kind: "shrunk", table: "visits", file: "", line: nil, field: "", message: "Cut.")
      ]
    }
    try record(night, in: path)
    let told = try record(compared("2016-01-06", [type]), in: path)
    #expect(isOpen(told) == holds)
    #expect(told.news?.ended.map(\.end) == (holds ? [] : [.lapsed]))
  }

  @Test(
    "a value of the record itself, or of one that may be its child's, holds open what looks at its field",
    arguments: [
      ("V1", "7", false, true), ("V2", "7", false, false), ("V5", "0041", false, true),
      ("V5", "4l", false, false), ("V5", "4l", true, true),
    ])
  func ownValue(_ own: String, _ person: String, _ isOfKey: Bool, _ holds: Bool) throws {
    func looking(_ run: RunReport) -> RunReport {
      var run = run
      run.rules[0].fields = ["visits.seen_on"]
      if person != "7" { run.rules[0].comparesWith = ["visits"] }
      run.rules[3].isOfKey = isOfKey
      return run
    }
    var failed = exception("V1")
    failed.personID = "41"
    var type = exception(own, rule: "visits.seen_on.type", status: .failed)
    (type.personID, type.field) = (person, "seen_on")
    try record(looking(run("2016-01-04", [failed])), in: path)
    #expect(isOpen(try record(looking(run("2016-01-11", [type])), in: path)) == holds)
  }

  @Test(
    "a record that could not be read names what stands between blanks beyond ASCII",
    arguments: [("V1,\u{a0}41\u{202f},x", true), ("V1,é41,x", false), ("V1,41\u{301},x", false)])
  func blanks(_ text: String, _ holds: Bool) throws {
    func compared(_ run: RunReport) -> RunReport {
      var run = run
      run.rules[0].comparesWith = ["visits"]
      return run
    }
    var failed = exception("V7")
    failed.personID = "41"
    try record(compared(run("2016-01-04", [failed])), in: path)
    let told = try record(compared(run("2016-01-11", unread: [text])), in: path)
    #expect(isOpen(told, "V7") == holds)
  }

  @Test(
    "a record without a key that is found no more is not gone where one of its child's cannot be read",
    arguments: [("7", true), ("8", false), ("", true)])
  func withoutKey(_ person: String, _ holds: Bool) throws {
    func looking(_ run: RunReport) -> RunReport {
      var run = run
      run.rules[0].fields = ["visits.seen_on"]
      return run
    }
    func unkeyed(_ rule: String, _ person: String, _ contents: String) -> CaseException {
      var exception = exception("line:3", rule: rule, status: .failed)
      (exception.sourceLine, exception.contents) = (3, contents)
      (exception.personID, exception.field) = (person, "seen_on")
      return exception
    }
    try record(looking(run("2016-01-04", [unkeyed("late-visit", "7", "one")])), in: path)
    let type = unkeyed("visits.seen_on.type", person, "other")
    let told = try record(
      looking(run("2016-01-11", [type])), in: path, evidence: { $0.map { _ in .gone } })
    #expect(isOpen(told, "unkeyed:one") == holds)
    // A record that was already unreadable when it was listed must be another one.
    let again = looking(run("2016-01-18", [unkeyed("late-visit", "7", "two"), type]))
    try record(again, in: path)
    let next = looking(run("2016-01-25", [type]))
    #expect(!isOpen(try record(next, in: path, evidence: { $0.map { _ in .gone } }), "unkeyed:two"))
  }
}
