import Foundation
import TestSupport
import Testing

/// Last period's extracts, which some rules compare with this period's.
extension JobTests {
  private static let lostChildren = """
    rules:
      - rule: child-not-lost
        for: people
        check: "!earlier.people.exists(p, p.person_id == person_id && p.worker != worker)"
    """

  @Test("a table of last period's that is missing, or cut, judges nothing and closes nothing")
  func lastPeriod() throws {
    let scratch = try job("earlier: earlier")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    let whole =
      "Person ID,Name,Team,Worker\n"
      + (1...10).map { "\($0),Name,East,\($0 == 3 ? "W99" : "W\($0)")\n" }.joined()
    try scratch.write(whole, to: "earlier/people.csv")
    try scratch.write("Visit ID,Person ID,Planned,Visited\nV1,1,,\n", to: "earlier/visits.csv")
    func open() throws -> [String?] {
      try rows(scratch, "lists/latest/exceptions.csv").filter { $0["rule"] == "child-not-lost" }
        .map { $0["record_id"] }
    }
    #expect(try run(scratch, "2016-01-20").status == 1)
    #expect(try open() == ["3"])

    try FileManager.default.removeItem(atPath: scratch.path("earlier/people.csv"))
    let missing = try run(scratch, "2016-01-21")
    #expect(missing.status == 3)
    #expect(missing.output.contains("There is no extract of people of last period"))
    #expect(missing.output.contains("not evaluated: 1 exception of child-not-lost"))
    let judged = try rows(scratch, "lists/latest/measures.csv").filter {
      $0["rule"] == "child-not-lost"
    }
    #expect(judged.map { $0["judged"] } == ["0"])

    try scratch.write(
      whole.split(separator: "\n").prefix(3).joined(separator: "\n") + "\n",
      to: "earlier/people.csv")
    let cut = try run(scratch, "2016-01-22")
    #expect(cut.status == 3)
    #expect(cut.output.contains("(earlier) people has 2 rows, and had 10"))
    #expect(cut.output.contains("not evaluated: 1 exception of child-not-lost"))
    let accepted = try run(scratch, "2016-01-22", "--accept-shrink", "people")
    #expect(accepted.status == 1)
    // It is compared with another extract than the one by which it was listed.
    #expect(accepted.output.contains("0 put right"))
    #expect(accepted.output.contains("1 no longer looked at"))
  }

  @Test("what was listed by last period's extract is put right only as long as that stands")
  func otherPeriod() throws {
    let scratch = try job("earlier: earlier")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    func people(_ worker: String, in folder: String) throws {
      try scratch.write(
        "Person ID,Name,Team,Worker\n"
          + (1...10).map { "\($0),Name,East,\($0 == 3 ? worker : "W\($0)")\n" }.joined(),
        to: "\(folder)/people.csv")
    }
    try people("W99", in: "earlier")
    #expect(try run(scratch, "2016-01-20").status == 1)
    // Corrected, and compared with the same extract.
    try people("W99", in: "extracts")
    #expect(try run(scratch, "2016-01-21").output.contains("1 put right"))
    try people("W3", in: "extracts")
    #expect(try run(scratch, "2016-01-22").output.contains("1 reopened"))
    // The next period begins, and the rule finds no difference any more.
    try people("W3", in: "earlier")
    let next = try run(scratch, "2016-01-23")
    #expect(next.output.contains("0 put right"))
    #expect(next.output.contains("1 no longer looked at"))
  }

  @Test("last period's extract that holds the bytes of this one is told")
  func samePeriod() throws {
    let scratch = try job("earlier: extracts")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    #expect(
      try run(scratch, "2016-01-20").errors.contains(
        "people: last period's extract holds the same bytes as this one"))
  }

  @Test("so is one that holds its records in another order")
  func samePeriodTurned() throws {
    let scratch = try job("earlier: before")
    try scratch.write(Self.lostChildren, to: "rules/more.yaml")
    let people = try String(contentsOfFile: scratch.path("extracts/people.csv"), encoding: .utf8)
    let lines = people.split(separator: "\n")
    try scratch.write(
      ([lines[0]] + lines.dropFirst().reversed()).map { $0 + "\n" }.joined(),
      to: "before/people.csv")
    #expect(
      try run(scratch, "2016-01-20").errors.contains(
        "people: last period's extract holds the same records as this one"))
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
}
