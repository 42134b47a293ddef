import Exceptions
import Testing

/// Nobody has put anything right where every extract is what it was.
@Suite("Unchanged extracts")
struct UnchangedExtractTests {
  private let scratch = Scratch()
  private var path: String { scratch.file("ledger.sqlite") }

  /// A run that read visits of these bytes, and children, which the rule looks at as well.
  private func run(
    _ asOf: String, visits: String, people: String = "p", rules: String = "d",
    _ exceptions: [CaseException] = []
  ) -> RunReport {
    var run = report(asOf, exceptions)
    run.tables.append(
      TableReport(name: "people", title: "Children", rows: 10, isPresent: true, isWhole: true))
    run.inputs = [("visits", visits), ("people", people)].map { table, digest in
      var input = InputReport(path: table + ".csv", table: table)
      input.sha256 = digest
      return input
    }
    for place in run.rules.indices { run.rules[place].reads.append("people") }
    run.rulesDigest = rules
    return run
  }

  @Test(
    "what only other rules take off a list has lapsed, and is not put right",
    arguments: [
      ("a", "p", "e", 0, 1), ("b", "p", "e", 1, 0), ("a", "q", "e", 1, 0), ("", "p", "e", 1, 0),
      ("a", "p", "d", 1, 0),
    ])
  func ends(
    _ visits: String, _ people: String, _ rules: String, _ putRight: Int, _ lapsed: Int
  ) throws {
    let first = visits.isEmpty ? "" : "a"
    try record(run("2016-01-04", visits: first, [exception("V1")]), in: path)
    let told = try record(
      run("2016-01-11", visits: visits, people: people, rules: rules), in: path)
    #expect(told.news?.resolved == putRight)
    #expect(told.news?.ended.count == putRight + lapsed)
  }

  @Test("it is the run that listed it last that counts, not the one before")
  func awayMeanwhile() throws {
    try record(run("2016-01-04", visits: "a", [exception("V1")]), in: path)
    var bad = run("2016-01-11", visits: "b")
    bad.tables[0].isWhole = false
    try record(bad, in: path)
    let told = try record(run("2016-01-18", visits: "a", rules: "e"), in: path)
    #expect(told.news?.resolved == 0)
    #expect(told.news?.ended.count == 1)
  }

  @Test("a waiver of a rule that is gone matches nothing, also while what it waived stays open")
  func waivers() throws {
    try record(run("2016-01-04", visits: "a", [exception("V1")]), in: path)
    var next = run("2016-01-11", visits: "b")
    let waivers = ["late-visit", "other"].map { rule in
      Waiver(
        rule: rule, table: "", record: "V1", occasion: nil, reason: "r", agreedBy: "a",
        agreedOn: day("2016-01-04"), until: day("2016-03-01"))
    }
    next.waivers = WaiverOutcome()
    next.waivers?.all = waivers
    next.waivers?.unmatched = waivers
    var notLoaded = next
    notLoaded.rules.removeAll { $0.name == "late-visit" }
    #expect(
      try record(notLoaded, in: path).waivers?.unmatched.map(\.rule) == ["late-visit", "other"])
    next.rules[0].judgedNothing = "no rows"
    next.tables[0].isWhole = false
    #expect(try record(next, in: path).waivers?.unmatched.map(\.rule) == ["other"])
  }
}
