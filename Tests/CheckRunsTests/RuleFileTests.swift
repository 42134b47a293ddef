import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// What is said about a mistake in a rule file, in its YAML or its rules, and at which place.
@Suite("Rule files")
struct RuleFileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var what: String
    var text: String
    var said: [String]

    var testDescription: String { what }
  }

  @Test("what is said", arguments: yamlCases + keyCases + ruleCases)
  func said(_ example: Case) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write(example.text, to: "rules.yaml")
    let said = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
      .map { $0.description.replacing(folder.url.path + "/", with: "") }
    #expect(said.count == example.said.count, "\(said)")
    for (said, expected) in zip(said, example.said) {
      let expected =
        expected.contains(" error: ")
        ? expected
        : expected.replacing(" this", with: " error: this", maxReplacements: 1)
          .replacing(" a rule", with: " error: a rule", maxReplacements: 1)
      #expect(said.hasPrefix(expected), "\(said)")
    }
  }

  @Test("two calendars of which none is chosen, told once though working days are counted")
  func calendars() throws {
    let folder = try ScratchFolder()
    try folder.write(
      RuleBench.tables.replacing("calendar: england-and-wales", with: "calendar: a"),
      to: "tables.yaml")
    try folder.write(
      """
      calendar: b
      weekend: [sunday]
      covers: {from: 2015-01-01, to: 2016-12-31}
      holidays: [2015-01-01, 2016-01-01]
      rules:
        - {rule: r, for: duties, check: 'workingDaysBetween(asOf, asOf) == 0'}
      """, to: "rules.yaml")
    let said = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics.map(\.what)
    #expect(said == ["there are 2 calendars and none is named `england-and-wales`"])
  }

  @Test(
    "what a table lacks that it replaces is said once, at the table and not at those who read it")
  func lacking() throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "theirs/tables.yaml")
    try folder.write(
      """
      rules:
        - {rule: r, for: duties, when: note == "x", check: size > 1, message: "{note}"}
        - {rule: s, for: events, check: has(duty.note), message: "{duty.weight}"}
      tests:
        - {test: t, asOf: 2016-01-31, given: {duties: [{id: A, note: x, size: 2}]}, expect: {r: {A: met}}}
      """, to: "theirs/rules.yaml")
    try folder.write(
      """
      table: duties
      files: ["duties*.csv"]
      primaryKey: id
      fields:
        - {name: id, type: string}
        - {name: size, type: integer}
        - {name: notes, type: string}
        - {name: open, type: boolean}
      """, to: "ours/duties.yaml")
    let said = Rulebook.load(
      RuleSelection(folders: [folder.path("theirs"), folder.path("ours")])
    ).diagnostics.map { $0.description.replacing(folder.url.path + "/", with: "") }
    #expect(
      said
        == ["note", "weight"].map { name in
          let place = name == "note" ? "theirs/tables.yaml:11:12" : "theirs/tables.yaml:13:12"
          return
            "ours/duties.yaml:1:8: error: the table `duties` replaces the one at theirs/tables.yaml:1:8 whole, "
            + "and lacks its `\(name)`, which rules or tests name. Copy it from \(place) into this table."
        }, "\(said)")
  }

  @Test("a mistake in a text over several lines is found in its own line")
  func placesInTexts() throws {
    let folder = try ScratchFolder()
    let styles = [
      "plain": ("id == 1 &&\n      none == 2", 2, 7),
      "quoted": ("\"id == 1 &&\n      none == 2\"", 2, 7),
      "folded": (">\n      id == 1 &&\n      none == 2", 3, 7),
      "literal": ("|\n\n      id == 1 &&\n      none == 2", 4, 7),
      "on one line": ("none == 2 # with a note", 1, 12),
      "on one line, quoted": ("'none == 2'", 1, 13),
      "behind an apostrophe": ("'id == ''x'' || none == 2'", 1, 28),
      "behind escapes": ("\"id == \\\"\\u00e9\\\" || none == 2\"", 1, 33),
      "one folded line": (">-\n      id == 1 || none == 2", 2, 18),
      "behind a blank line": ("id == 1 ||\n\n      none == 2", 3, 7),
      "behind a comment, folded": (">-\n      id == 1 // one\n      && none == 2", 3, 10),
      "behind a comment, plain": ("id == 1 // one\n      && none == 2", 2, 10),
      "behind a deeper line": (">-\n      id == 1 ||\n        id == 2 ||\n      none == 2", 4, 7),
    ]
    try folder.write(RuleBench.tables, to: "tables.yaml")
    for (name, (text, line, column)) in styles {
      try folder.write(
        "rules:\n  - rule: tried\n    for: duties\n    check: \(text)\n", to: "rules.yaml")
      let said = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
        .filter { $0.what.contains("`none`") }
      #expect(said.map(\.position?.line) == [line + 3], "\(name)")
      #expect(said.map(\.position?.column) == [column], "\(name)")
    }
  }

  @Test(
    "a comment whose end cannot be told is a mistake, and no end of the rule",
    arguments: [
      "\"id == \\\"x\\\" // a\n      && none == 2\"", "'id == ''x'' // b\n      && none == 2'",
      "&named id == 1 // one\n      && none == 2",
      ">-\n      id == 1 &&  \n      // one\n      none == 2",
      ">\n\n      id == 1 && // one\n      none == 2",
    ])
  func foldedComments(_ text: String) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write("rules:\n  - rule: r\n    for: duties\n    check: \(text)\n", to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
      .filter { $0.severity == .error }
    #expect(
      found.map(\.what) == [
        "where this comment ends cannot be told: YAML has folded its lines into one"
      ])
  }

  @Test("in a message, too, a comment ends with its line")
  func commentsOfMessages() throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write(
      "rules:\n  - rule: r\n    for: duties\n    check: open\n    message: >\n      Of {size // a number\n      + none}\n",
      to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(found.map(\.what) == ["there is no `none` in duties"])
    #expect(found.first?.position?.line == 7)
  }

  @Test(
    "a pack is named as its folder, and is over others that are there",
    arguments: [
      ("pack: low", []), ("pack: high\nover: [low]", []),
      ("pack: hihg\nover: [low]", ["a pack is named as its folder, `high`, and not `hihg`"]),
      ("pack: high\nover: [lo]", ["there is no pack `lo`"]),
      ("pack: high\nover: [high]", ["the pack `high` cannot be over itself"]),
    ])
  func packs(_ text: String, _ said: [String]) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    let place = text.hasPrefix("pack: low") ? "low" : "high"
    try folder.write("pack: low\n", to: "packs/low/pack.yaml")
    try folder.write(text + "\n", to: "packs/\(place)/pack.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(found.map(\.what) == said)
  }

  @Test("a pack whose only file is not UTF-8 is there, and the file is told alone")
  func unreadablePack() throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write("", to: "packs/mine/rules.yaml")
    try Data(Array("# caf".utf8) + [0xE9, 0x0A]).write(
      to: folder.url.appendingPathComponent("packs/mine/rules.yaml"))
    func said(_ pack: String) -> [String] {
      Rulebook.load(RuleSelection(folders: [folder.url.path], packs: [pack])).diagnostics
        .map(\.what)
    }
    #expect(said("mine") == ["this file is not UTF-8"])
    try folder.write("rules: []\n", to: "packs/mine/rules.yaml")
    #expect(said("mien") == ["there is no pack `mien`"])
  }

  @Test("a file that is not read for its name excuses no name that nothing declares")
  func otherEnding() throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write("table: calls\n", to: "calls.yaml.txt")
    try folder.write("rules:\n  - {rule: r, for: calls, check: open}\n", to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(
      found.map(\.what) == [
        "this looks like a rule file and is not read, as its name does not end in .yaml",
        "there is no table `calls`",
      ])
  }

  @Test(
    "texts that a # ends are warned of, where more stands right behind it",
    arguments: [
      ("title: Form #4 is late", "#4"), ("title: Form # 4", nil), ("title: 'Form #4'", nil),
      ("title: a  # a note", nil), ("check: true #note", "#note"),
      ("title: one\n      two #{id}", "#{id}"),
    ])
  func cuts(_ line: String, _ cut: String?) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    let check = line.hasPrefix("check") ? "" : "\n    check: open"
    try folder.write(
      "rules:\n  - rule: r\n    for: duties\n    \(line)\(check)\n", to: "rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
      .filter { $0.what.contains("begins a comment") }
    #expect(
      found.map(\.what)
        == (cut.map { ["this text ends before `\($0)`: ` #` begins a comment"] } ?? []))
  }

  @Test("what is said does not depend on the number of threads", arguments: [2, 7])
  func threads(_ count: Int) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    for number in 0..<40 {
      try folder.write(
        "rules:\n  - {rule: r-\(number), for: duties, check: none\(number) == 1}\n"
          + "tests:\n  - {test: t\(number), asOf: 2016-01-31, expect: {r-\(number): {A: fine}}}\n",
        to: "r\(number).yaml")
    }
    var selection = RuleSelection(folders: [folder.url.path])
    selection.threads = count
    let said = Rulebook.load(selection).diagnostics
    selection.threads = 1
    #expect(said == Rulebook.load(selection).diagnostics)
    #expect(said.count == 80)
  }
}
