import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// What is said of a rule file that is not the YAML that it should be, and where.
@Suite("Rule files")
struct RuleFileTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var what: String
    var text: String
    var said: [String]

    var testDescription: String { what }
  }

  static let cases = [
    Case(
      what: "a key twice, the first by name where there are several",
      text: "rules:\n  - b: 1\n    a: 1\n    b: 2\n    a: 2\n",
      said: ["rules.yaml:3:5: this mapping has `a`, `b` more than once"]),
    Case(
      what: "a key twice, once in quotes",
      text: "title: x\n\"title\": y\n",
      said: ["rules.yaml:1:1: this mapping has `title` more than once"]),
    Case(
      what: "an alias of nothing", text: "title: *none\n",
      said: ["rules.yaml:1:8: this is not YAML: found undefined alias"]),
    Case(
      what: "an alias of itself", text: "title: &a [*a]\n",
      said: ["rules.yaml:1:12: this is not YAML: found undefined alias"]),
    Case(
      what: "sixty deep", text: nested(59),
      said: ["rules.yaml:1:1: a rule file is a mapping"]),
    Case(
      what: "more than sixty deep", text: nested(60),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "so deep that a stack would not hold it", text: nested(200_000),
      said: ["rules.yaml:1:61: this file nests more than 60 deep"]),
    Case(
      what: "deep, and not closed", text: String(repeating: "[", count: 70),
      said: [
        "rules.yaml:1:61: this file nests more than 60 deep",
        "rules.yaml:2:1: this is not YAML: did not find expected node content",
      ]),
    Case(
      what: "deep through its aliases",
      text: "a: &a \(nested(40).dropLast())\nb: \(String(repeating: "[", count: 30))*a"
        + String(repeating: "]", count: 30) + "\n",
      said: ["rules.yaml:1:36: this file nests more than 60 deep"]),
    Case(
      what: "a laugh", text: laugh(),
      said: ["rules.yaml:1:10: this file grows beyond 2000000 values through its aliases"]),
    Case(
      what: "a character that YAML has no place for", text: "title: \u{07}\n",
      said: ["rules.yaml:1:1: this is not YAML: control characters are not allowed"]),
    Case(
      what: "a second document on the first one's line", text: "title\nrules: []\n",
      said: ["rules.yaml:2:6: this is not YAML: mapping values are not allowed in this context"]),
    Case(
      what: "documents before the one that is wrong",
      text: "titel: x\n---\n]\n",
      said: [
        "rules.yaml:1:1: this file declares nothing",
        "rules.yaml:3:1: this is not YAML: did not find expected node content",
      ]),
  ]

  @Test("what is said", arguments: cases)
  func said(_ example: Case) throws {
    let folder = try ScratchFolder()
    try folder.write(RuleBench.tables, to: "tables.yaml")
    try folder.write(example.text, to: "rules.yaml")
    let said = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
      .map { $0.description.replacing(folder.url.path + "/", with: "") }
    #expect(said.count == example.said.count, "\(said)")
    for (said, expected) in zip(said, example.said) {
      let expected = expected.replacing(" this", with: " error: this", maxReplacements: 1)
        .replacing(" a rule", with: " error: a rule", maxReplacements: 1)
      #expect(said.hasPrefix(expected), "\(said)")
    }
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

  @Test("what is said does not depend on the number of threads", arguments: [1, 2, 7])
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

  private static func nested(_ depth: Int) -> String {
    String(repeating: "[", count: depth) + "x" + String(repeating: "]", count: depth) + "\n"
  }

  /// Ten to the power of seven values in eight short lines.
  private static func laugh() -> String {
    var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    for step in 1...7 {
      let before = Array(repeating: "*a\(step - 1)", count: 10).joined(separator: ", ")
      lines.append("a\(step): &a\(step) [\(before)]")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
