import CheckRuns
import Diagnostics
import Expressions
import Foundation
import Rulebooks
import TestSupport
import Testing
import WorkingTime

/// Loading rules without their own tests, so that a mistake in a test does not stop a run.
@Suite("Tests that are not read")
struct UnreadTestsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var what: String
    var text: String
    /// What is said when the tests are not read.
    var said: [String] = []
    /// How many rules are loaded then.
    var rules = 1

    var testDescription: String { what }
  }

  private static let rule = "rules:\n  - {rule: tried, for: duties, check: 'has(id)'}\n"

  static let cases = [
    Case(
      what: "a test of a rule that is not there",
      text: rule
        + "tests:\n  - {test: t, asOf: 2016-01-31, given: {none: [{a: 1}]}, expect: {gone: {A: met}}}\n"
    ),
    Case(
      what: "tests before the rules, with lists and mappings in them",
      text: "tests:\n- test: [a, {b: [c]}]\n- - x\n-\n" + rule),
    Case(what: "tests that are one value", text: "tests: none\n" + rule),
    Case(what: "no tests at all behind the key", text: "tests:\n" + rule),
    Case(
      what: "a name given in a test, used in a rule",
      text:
        "tests:\n  - {test: t, given: &all {check: &check 'has(id)'}}\nrules:\n"
        + "  - {rule: tried, for: duties, check: *check}\n"),
    Case(
      what: "the whole of the tests by a name",
      text: "tests: &all\n  - {rule: tried, for: duties, check: 'has(id)'}\nrules: *all\n"),
    Case(
      what: "a test by a name given in a rule",
      text: "rules:\n  - &r {rule: tried, for: duties, check: 'has(id)'}\ntests: [*r]\n"),
    Case(
      what: "a test by a name that nobody gave", text: "tests: [{test: *none}]\n" + rule,
      said: ["rules.yaml:1:16: error: this is not YAML: found undefined alias"], rules: 0),
    Case(
      what: "a rule put below the tests at the end by mistake",
      text: rule + "tests:\n  - {test: t}\n  - rule: late\n    for: duties\n",
      said: ["rules.yaml:5:5: error: this may be a rule among the tests"], rules: 0),
    Case(
      what: "a rule put below the tests by mistake, more rules behind it",
      text: "tests:\n  - {test: t}\n  - {'rule' : late}\n" + rule,
      said: ["rules.yaml:3:6: error: this may be a rule among the tests"], rules: 0),
    Case(what: "a test at the end that is not YAML", text: rule + "tests:\n  - {test: t\n"),
    Case(
      what: "a test that is not YAML before the rules", text: "tests:\n  - {test: t\n" + rule,
      said: ["rules.yaml:2:5: error: this is not YAML: the `{` that is opened here is not closed"],
      rules: 0
    ),
    Case(what: "nothing but a title and tests", text: "title: x\ntests:\n- {test: t}\n", rules: 0),
    Case(
      what: "rules in another document behind the tests",
      text: "title: x\ntests:\n- {test: t}\n---\n" + rule),
    Case(
      what: "rules behind the tests and a line end of old Macs",
      text: "title: x\ntests:\n  - {test: t}\r" + rule),
    Case(
      what: "rules behind the tests and a next-line",
      text: "title: x\ntests:\n  - {test: t}\u{85}" + rule),
    Case(
      what: "rules behind the tests and a line separator",
      text: "title: x\ntests:\n  - {test: t}\u{2028}" + rule),
    Case(
      what: "rules in quotes that the tests begin in",
      text: rule + "title: \"\ntests:\n  x\"\n"),
    Case(
      what: "rules in brackets that hold a line like the tests' key",
      text: "{title: x,\ntests: [],\n  rules: [{rule: tried, for: duties, check: has(id)}]}\n"),
    Case(
      what: "tests further out than the rules", text: "  rules: []\ntests:\n",
      said: ["rules.yaml:2:1: error: this is not YAML: did not find expected <document start>"],
      rules: 0),
    Case(
      what: "a list as far out as its key, comments and blank lines",
      text: rule + "tests:\r\n- {test: t}\r\n# of this\r\n\r\n-\n"),
    Case(
      what: "a section behind the tests that begins a blank too far in",
      text: rule + "tests:\n  - {test: t}\n parameters:\n   days: 1\n",
      said: ["rules.yaml:5:2: error: this is not YAML: did not find expected key."], rules: 0),
    Case(
      what: "such a section behind tests that are not indented, and a list further out",
      text: rule + "tests:\n- test: t\n  asOf: 2016-01-31\n rules: []\n",
      said: ["rules.yaml:6:2: error: this is not YAML: did not find expected"], rules: 0),
    Case(
      what: "items whose content stands on the next line, and a comment further out",
      text: rule + "tests:\n  -\n   test: t\n # of the next\n  - {test: u,\n     asOf: x}\n"),
    Case(
      what: "a key twice",
      text: rule + "tests: []\ntests: []\n",
      said: ["rules.yaml:4:1: error: this mapping has `tests` more than once"], rules: 0),
    Case(
      what: "a test that nests too deep",
      text: "tests: " + String(repeating: "[", count: 70) + String(repeating: "]", count: 70) + "\n"
        + rule,
      said: ["rules.yaml:1:67: error: this file nests more than 60 deep"], rules: 0),
    Case(
      what: "tests below another key are not those of a file",
      text: "rules:\n  - {rule: tried, for: duties, check: 'has(id)', tests: [x]}\n",
      said: ["rules.yaml:2:50: error: there is no key `tests` in the rule `tried`."]),
  ]

  @Test("what is said, and the rules that there are", arguments: cases)
  func unread(_ example: Case) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write(example.text, to: "rules.yaml")
    var selection = RuleSelection(folders: [folder.url.path])
    selection.takesTests = false
    let (rulebook, diagnostics) = Rulebook.load(selection)
    let said = diagnostics.map { $0.description.replacing(folder.url.path + "/", with: "") }
    #expect(said.count == example.said.count, "\(said)")
    for (said, expected) in zip(said, example.said) { #expect(said.hasPrefix(expected), "\(said)") }
    #expect(rulebook.rules.count == example.rules)
    #expect(rulebook.tests.isEmpty)
  }

  /// What makes verdicts other than they were meant is told in a nightly run, too.
  static let everyRun = [
    Case(
      what: "years of a calendar without holidays",
      text: "calendar: other\ncovers: {from: 2016-01-01, to: 2017-12-31}\nholidays: [2016-01-01]\n",
      said: ["rules.yaml:2:1: warning: this calendar covers 2017 and has no holiday then"], rules: 0
    ),
    Case(
      what: "an empty cell that counts as filled",
      text: "table: calls\nfiles: [c*.csv]\nmissingValues: [NULL]\nfields: [{name: a}]\n",
      said: ["rules.yaml:3:1: warning: an empty cell is not among these"], rules: 0),
    Case(
      what: "times of UTC that would be taken for London's",
      text:
        "table: calls\nfiles: [c*.csv]\nfields:\n  - {name: a, type: datetime, format: '%Y-%m-%dT%H:%M:%SZ'}\n",
      said: ["rules.yaml:4:39: warning: `Z` is only a letter in `%Y-%m-%dT%H:%M:%SZ`"], rules: 0),
    Case(
      what: "a pack outside its folder", text: "pack: torbay\nover: []\n",
      said: ["rules.yaml:1:1: warning: this file is in no pack, whatever it says"], rules: 0),
  ]

  @Test("what is told in every run", arguments: everyRun)
  func toldInEveryRun(_ example: Case) throws { try unread(example) }

  @Test("columns of a file of codes that are not read, and references into packs not loaded")
  func unheld() throws {
    let folder = try ScratchFolder()
    try folder.write("code,label,valid from\nx,X,2010-01-01\n", to: "kinds.csv")
    try folder.write(
      "codes: kinds\nfile: kinds.csv\n---\ntable: calls\nfiles: [c*.csv]\nfields: [{name: a, codes: kinds}]\nforeignKeys:\n  - {fields: a, reference: {table: others, fields: b}}\n",
      to: "rules.yaml")
    try folder.write(
      "table: others\nfiles: [o*.csv]\nprimaryKey: b\nfields: [{name: b}]\n",
      to: "packs/far/others.yaml")
    try folder.write(
      "rules:\n  - {rule: r, for: calls, check: has(a)}\n", to: "packs/near/r.yaml")
    var selection = RuleSelection(folders: [folder.url.path])
    selection.takesTests = false
    selection.packs = ["near"]
    let said = Rulebook.load(selection).diagnostics.map(\.what)
    #expect(
      said == [
        "the column `valid from` is not read",
        "the reference to `others` is not held to: that table belongs to a pack that is not loaded",
      ])
  }

  @Test("the rules that come with casecheck are the same without their tests")
  func same() throws {
    var selection = RuleSelection(folders: [projectFolder.appendingPathComponent("Rules").path])
    let whole = Rulebook.load(selection)
    selection.takesTests = false
    let bare = Rulebook.load(selection)
    #expect(bare.diagnostics == whole.diagnostics)
    #expect(!whole.rulebook.tests.isEmpty)
    #expect(bare.rulebook.rules.map(\.name) == whole.rulebook.rules.map(\.name))
    #expect(
      bare.rulebook.rules.map { $0.expressions.map(\.source.text) }
        == whole.rulebook.rules.map { $0.expressions.map(\.source.text) })
    #expect(bare.rulebook.sources.map(\.text) == whole.rulebook.sources.map(\.text))
  }

  @Test("where a rule is wrong, the mistakes in tests are told with it")
  func both() async throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    let test = "tests:\n  - {test: t, asOf: 2016-01-31, expect: {gone: {A: met}}}\n"
    func mistakes(_ rules: String) async throws -> [String] {
      try folder.write(rules, to: "rules.yaml")
      let request = CheckRequest(
        extracts: [folder.url.path], earlier: nil,
        rules: RuleSelection(folders: [folder.url.path]),
        asOf: try #require(CalendarDate(iso: "2016-01-31")),
        threads: 1, memory: nil, version: "")
      do throws(CheckFailure) {
        _ = try await check(request)
        return []
      } catch {
        guard case .rules(let mistakes) = error else { return ["\(error)"] }
        return mistakes.map(\.what)
      }
    }
    #expect(try await mistakes(Self.rule + test).isEmpty)
    let found = try await mistakes(Self.rule.replacing("has(id)", with: "has(none)") + test)
    #expect(found.contains { $0.contains("none") })
    #expect(found.contains { $0.contains("gone") })
  }
}
