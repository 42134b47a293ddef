import Foundation
import TestSupport
import Testing

/// A council's own folder of rules, over those that come with the program.
@Suite("Layers of rules")
struct LayerTests {
  private static let shipped = """
    table: people
    files: ["people*.csv"]
    primaryKey: id
    owner: {team: team}
    fields:
      - {name: id}
      - {name: seen_on, type: date}
      - {name: team}
    ---
    parameters:
      gap: days(10)
    rules:
      - {rule: seen, for: people, deadline: {from: "date('2016-01-01')", within: gap, to: seen_on}}
    tests:
      - test: within the gap
        asOf: 2016-02-01
        given: {people: [{id: A, seen_on: 11/01/2016}, {id: B, seen_on: 12/01/2016}]}
        expect: {seen: {A: met, B: late}}
    """

  private func scratch(own: String) throws -> ScratchFolder {
    let scratch = try ScratchFolder()
    try scratch.write(Self.shipped, to: "shipped/rules.yaml")
    try scratch.write(own, to: "own/rules.yaml")
    try scratch.write("id,seen_on,team\nA,05/01/2016,East\n", to: "extracts/people.csv")
    return scratch
  }

  private func run(_ scratch: ScratchFolder, _ command: [String], _ more: [String] = []) throws
    -> BuiltProgram.Outcome
  {
    try BuiltProgram().run(
      command + ["--rules", scratch.path("shipped"), "--rules", scratch.path("own")] + more)
  }

  private func lists(_ scratch: ScratchFolder) throws -> [[String: String]] {
    csvRows(
      try String(
        contentsOf: scratch.url.appendingPathComponent("OUT/exceptions.csv"), encoding: .utf8))
  }

  @Test(
    "what is wrong with a value of one's own is told at its place",
    arguments: [
      ("gap: 5", "own/rules.yaml:2:8: error: the parameter `gap` is a duration, not an int"),
      ("gap: 2016-02-30", "own/rules.yaml:2:8: error: `2016-02-30` is no date"),
      ("gap: date('2016-01-01')", "own/rules.yaml:2:8: error: the parameter `gap` is a duration"),
      ("gapp: days(5)", "own/rules.yaml:2:3: warning: nothing reads the parameter `gapp`"),
    ])
  func values(_ value: String, _ said: String) throws {
    let scratch = try scratch(own: "parameters:\n  \(value)\n")
    let found = try run(scratch, ["rules", "check"])
    #expect((found.output + found.errors).contains(said), "\(found.output + found.errors)")
  }

  @Test("a value that sets nothing is told in every run")
  func unread() throws {
    let scratch = try scratch(own: "parameters:\n  gapp: days(5)\n")
    let outcome = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"])
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("nothing reads the parameter `gapp`. Did you mean `gap`?"))
  }

  @Test(
    "a rule in place of another that asks of another table, or in another way, is told in a run",
    arguments: [
      ("{rule: seen, for: people, check: has(team)}", "is a `check`, not a `deadline`"),
      ("{rule: seen, for: calls, deadline: {due: day, to: day}}", "is for calls, not for people"),
      ("{rule: seen, for: people, deadline: {due: seen_on + gap, to: seen_on}}", nil),
      ("{rule: named, for: people, check: has(team)}", nil),
    ])
  func replacedByAnother(_ rule: String, _ differs: String?) throws {
    let scratch = try scratch(
      own: """
        table: calls
        files: ["calls*.csv"]
        primaryKey: call
        fields: [{name: call}, {name: day, type: date}]
        ---
        rules:
          - \(rule)
        """)
    let outcome = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"])
    let said = outcome.errors.contains("own/rules.yaml:7:12: warning: the rule `seen` replaces the")
    #expect(said == (differs != nil), "\(outcome.errors)")
    if let differs { #expect(outcome.errors.contains("and \(differs):"), "\(outcome.errors)") }
  }

  @Test("the rules and parameters that stand in place of others are named, whatever comes first")
  func replacements() throws {
    let scratch = try scratch(
      own: """
        parameters:
          gap: days(5)
        rules:
          - {rule: seen, for: people, deadline: {due: seen_on + gap, to: seen_on}}
        """)
    let (shipped, own) = (scratch.path("shipped"), scratch.path("own"))
    let over = try run(scratch, ["rules", "check"])
    #expect(
      over.output.contains(
        "\(own)/rules.yaml:2:3: the parameter `gap` replaces that (\(shipped)/rules.yaml:11:3)\n"
          + "\(own)/rules.yaml:4:12: the rule `seen` replaces that (\(shipped)/rules.yaml:13:12)\n"),
      "\(over.output)")
    let under = try BuiltProgram().run(["rules", "check", "--rules", own, "--rules", shipped])
    #expect(
      under.output.contains(
        "\(shipped)/rules.yaml:11:3: the parameter `gap` replaces that (\(own)/rules.yaml:2:3)\n"),
      "\(under.output)")
  }

  @Test(
    "packs that one's own is over, but that were not named with it, are told in a run",
    arguments: [
      (["ours"], true), (["theirs", "ours"], false), (["theirs"], false), ([], false),
    ] as [([String], Bool)])
  func unnamedPacks(_ packs: [String], _ isTold: Bool) throws {
    let scratch = try scratch(own: "")
    try FileManager.default.removeItem(atPath: scratch.path("own/rules.yaml"))
    let rule = "rules:\n  - {rule: NAME, for: people, check: has(team)}\n"
    try scratch.write("pack: ours\nover: [theirs]\n", to: "own/packs/ours/pack.yaml")
    try scratch.write(rule.replacing("NAME", with: "a"), to: "own/packs/ours/a.yaml")
    try scratch.write(rule.replacing("NAME", with: "b"), to: "shipped/packs/theirs/b.yaml")
    let outcome = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"]
        + packs.flatMap { ["--pack", $0] })
    let said = "own/packs/ours/pack.yaml:2:1: warning: the rules of `theirs` do not run: the pack"
    #expect(outcome.errors.contains(said) == isTold, "\(outcome.errors)")
  }

  @Test(
    "what a pack has in place of something in no pack is told in a run, with both places",
    arguments: [
      (
        "packs/p/r.yaml", "rules: [{rule: seen, for: people, check: has(team)}]",
        "/packs/p/r.yaml:1:16: warning: the rule `seen` replaces the one at ", "rules.yaml:13:12"
      ),
      (
        "packs/p/r.yaml",
        "rules: [{rule: seen, for: people, deadline: {due: seen_on, to: seen_on}}]",
        "/packs/p/r.yaml:1:16: warning: the rule `seen` of the pack `p` replaces the one at ",
        "rules.yaml:13:12, which is in no pack: what that one asks is asked of nobody"
      ),
      (
        "packs/p/r.yaml", "parameters: {gap: days(5)}",
        "/packs/p/r.yaml:1:14: warning: the parameter `gap` of the pack `p` replaces the one at ",
        "rules.yaml:11:3, which is in no pack: that one is not in force"
      ),
      // A name that nobody else has, and a later folder, which is named to replace.
      ("packs/p/r.yaml", "rules: [{rule: more, for: people, check: has(team)}]", nil, ""),
      ("../own/packs/p/r.yaml", "parameters: {gap: days(5)}", nil, ""),
      (
        "../own/r.yaml",
        "rules: [{rule: seen, for: people, deadline: {due: seen_on, to: seen_on}}]",
        nil, ""
      ),
    ] as [(String, String, String?, String)])
  func packsOverNoPack(_ file: String, _ text: String, _ said: String?, _ other: String) throws {
    let scratch = try scratch(own: "title: Nothing yet\nrules: []\n")
    try scratch.write(text + "\n", to: "shipped/\(file)")
    let outcome = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"])
    let lines = outcome.errors.split(separator: "\n").filter { $0.contains("replaces the one at") }
    #expect(lines.count == (said == nil ? 0 : 1), "\(outcome.errors)")
    if let said {
      let shipped = scratch.path("shipped")
      #expect(
        lines.first?.contains("\(shipped)\(said)\(shipped)/\(other)") == true,
        "\(outcome.errors)")
    }
  }

  @Test(
    "a folder of one's own that lacks what the usual one has is told so once, where that one is there",
    arguments: [
      (["own"], "", true), (["Rules", "own"], "", false), (["own", "Rules/"], "", false),
      (["own"], "elsewhere", false),
    ] as [([String], String, Bool)])
  func withoutUsual(_ folders: [String], _ place: String, _ isTold: Bool) throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.shipped, to: "\(place.isEmpty ? "Rules" : place)/rules.yaml")
    try scratch.write(
      """
      rules:
        - {rule: a, for: people, check: has(team)}
        - {rule: b, for: people, check: has(seen_on)}
      """, to: "own/rules.yaml")
    try scratch.write("id,seen_on,team\nA,05/01/2016,East\n", to: "extracts/people.csv")
    let rules = folders.flatMap { ["--rules", $0] }
    for command in [
      ["rules", "check"], ["validate", "extracts", "--as-of", "2016-01-31", "--out", "OUT"],
    ] {
      let outcome = try BuiltProgram().run(command + rules, in: scratch.url)
      let said = outcome.errors.components(
        separatedBy: "casecheck: Perhaps --rules Rules is missing before --rules own.")
      #expect(said.count == (isTold ? 2 : 1), "\(outcome.errors)")
    }
  }

  @Test("names that are mistyped in a folder of one's own are not sought in the usual one")
  func mistyped() throws {
    let scratch = try ScratchFolder()
    try scratch.write(Self.shipped, to: "Rules/rules.yaml")
    try scratch.write(
      """
      table: calls
      files: ["calls*.csv"]
      primaryKey: call
      fields: [{name: call}, {name: office}, {name: clerk}]
      ---
      rules:
        - {rule: a, for: calls, check: has(ofice)}
        - {rule: b, for: calls, check: has(clerc)}
      """, to: "own/rules.yaml")
    let outcome = try BuiltProgram().run(
      ["rules", "check", "--rules", "own"], in: scratch.url)
    #expect(outcome.errors.contains("Did you mean `office`?"), "\(outcome.errors)")
    #expect(!outcome.errors.contains("is missing before"), "\(outcome.errors)")
  }

  @Test("a layer's tests know the values of their own layer and those below")
  func tests() throws {
    let scratch = try scratch(
      own: """
        parameters:
          gap: days(5)
        tests:
          - test: within a gap of our own
            asOf: 2016-02-01
            given: {people: [{id: A, seen_on: 11/01/2016}]}
            expect: {seen: {A: late}}
        """)
    let outcome = try run(scratch, ["rules", "test"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("2 passed, 0 failed"), "\(outcome.output)")
  }

  @Test("a test of a rule that another stands in place of is not run, and named on request")
  func replaced() throws {
    let scratch = try scratch(
      own: "rules: [{rule: seen, for: people, check: has(seen_on)}]\n")
    let outcome = try run(scratch, ["rules", "test"], ["--verbose"])
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(outcome.output.contains("0 passed, 0 failed\n1 not run:"), "\(outcome.output)")
    #expect(
      outcome.errors.contains("rules.yaml:15: not run: within the gap"), "\(outcome.errors)")
  }

  @Test("a record of another table is acted on by the team that a rule's own owner names")
  func owners() throws {
    let scratch = try scratch(
      own: """
        table: calls
        files: ["calls*.csv"]
        primaryKey: call
        person: id
        owner: {team: office, worker: clerk}
        fields: [{name: call}, {name: id}, {name: office}, {name: clerk}]
        foreignKeys: [{fields: id, reference: {table: people, fields: id}, as: person}]
        ---
        rules:
          - rule: ours
            for: people
            check: calls.size() == 0
            marks: this.calls
            owner: {team: team}
          - {rule: theirs, for: people, check: calls.size() == 0, marks: this.calls}
        """)
    try scratch.write("call,id,office,clerk\nC1,A,Post,Kim\n", to: "extracts/calls.csv")
    _ = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"])
    let found = try lists(scratch).map { row in
      ["rule", "record_id", "team"].map { row[$0] ?? "" }
    }
    #expect(Set(found) == [["ours", "C1", "East"], ["theirs", "C1", "Post"]])
  }

  @Test("a message's own words come before fields of the same name")
  func specials() throws {
    let scratch = try scratch(
      own: """
        table: spells
        files: ["spells*.csv"]
        primaryKey: spell
        fields:
          - {name: spell}
          - {name: from, type: date}
          - {name: begun, type: date}
        rules:
          - rule: ends
            for: spells
            deadline: {from: begun, within: 5 days}
            message: "From {from}, not {this.from}."
        """)
    try scratch.write("spell,from,begun\nS1,01/01/2015,02/01/2016\n", to: "extracts/spells.csv")
    _ = try run(
      scratch, ["validate", scratch.path("extracts")],
      ["--as-of", "2016-01-31", "--out", scratch.path("OUT"), "--quiet"])
    #expect(try lists(scratch).map { $0["message"] } == ["From 2016-01-02, not 2015-01-01."])
  }
}
