import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// Which pack's rule, and which pack's parameter, is in force where several declare one of a name.
@Suite("The order of packs")
struct PackOrderTests {
  private static let table = """
    table: duties
    files: ["duties*.csv"]
    primaryKey: id
    fields: [{name: id}, {name: open, type: boolean}]

    """

  /// Packs named in this order, what each is over, and the one whose rule and parameter are in force.
  struct Case: Sendable, CustomTestStringConvertible {
    var named: [String]?
    var over: [String: [String]]
    /// Which packs declare the rule and the parameter; all when absent.
    var declaring: [String]?
    var inForce: String?

    var testDescription: String { "\(named ?? []), \(over)" }
  }

  private static let cases: [Case] = [
    // What a pack says holds in whatever order they are named.
    Case(named: ["low", "high"], over: ["high": ["low"]], inForce: "high"),
    Case(named: ["high", "low"], over: ["high": ["low"]], inForce: "high"),
    // Packs of which none is over the other are in the order of their names.
    Case(named: ["low", "high"], over: [:], inForce: "high"),
    Case(named: ["high", "low"], over: [:], inForce: "low"),
    Case(named: ["low", "high", "low"], over: [:], inForce: "low"),
    Case(named: ["high", "low"], over: ["high": ["low"], "low": ["high"]], inForce: "low"),
    Case(named: ["low", "high"], over: ["high": ["low"], "low": ["high"]], inForce: "high"),
    // Over another through one that is not loaded.
    Case(
      named: ["high", "low"], over: ["high": ["mid"], "mid": ["low"]], declaring: ["high", "low"],
      inForce: "high"),
    Case(named: ["high", "mid", "low"], over: ["high": ["mid"], "mid": ["low"]], inForce: "high"),
    Case(
      named: ["high", "mid", "low"], over: ["high": ["mid"], "mid": ["low"]],
      declaring: ["mid", "low"], inForce: "mid"),
    // What is unrelated stays as it was named.
    Case(named: ["high", "low", "mid"], over: ["high": ["low"]], inForce: "mid"),
    Case(
      named: ["mid", "high", "low"], over: ["mid": ["low"]], declaring: ["mid", "high"],
      inForce: "high"),
    Case(named: ["mid", "high", "low"], over: ["mid": ["low"]], inForce: "high"),
    // Without names only what they say counts.
    Case(named: nil, over: ["high": ["mid"], "mid": ["low"]], inForce: "high"),
    Case(named: nil, over: ["high": ["low"]], declaring: ["high", "low"], inForce: "high"),
    Case(named: nil, over: [:], declaring: ["high", "low"], inForce: nil),
  ]

  @Test("what a pack is over comes first, then the order of the options", arguments: cases)
  func inForce(_ example: Case) throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table, to: "tables.yaml")
    for pack in ["low", "mid", "high"] {
      let over = (example.over[pack] ?? []).joined(separator: ", ")
      try folder.write("pack: \(pack)\nover: [\(over)]\n", to: "packs/\(pack)/pack.yaml")
      guard example.declaring?.contains(pack) ?? true else { continue }
      try folder.write(
        "parameters: {who: '\"\(pack)\"'}\n"
          + "rules: [{rule: r, title: \(pack), for: duties, check: id != who}]\n",
        to: "packs/\(pack)/rules.yaml")
    }
    let (rulebook, diagnostics) = Rulebook.load(
      RuleSelection(folders: [folder.url.path], packs: example.named))
    let mistakes = diagnostics.filter { $0.severity == .error }.map(\.what)
    guard let pack = example.inForce else {
      #expect(mistakes.count == 2, "\(mistakes)")
      return
    }
    #expect(mistakes == [])
    #expect(rulebook.rules.map(\.title) == [pack])
    #expect(rulebook.rules.map(\.pack) == [pack])
    let parameters = rulebook.replacements.filter { $0.kind == .parameter }.map(\.position.file)
    #expect(!parameters.isEmpty)
    #expect(Set(parameters) == ["\(folder.url.path)/packs/\(pack)/rules.yaml"])
  }

  @Test(
    "packs that are over one another in a ring are told, once",
    arguments: [
      (["high": ["low"], "low": ["high"]], "`high` and `low`"),
      (["high": ["low"], "low": ["mid"], "mid": ["high"]], "`high`, `low` and `mid`"),
      (["high": ["low"], "low": ["mid"]], nil),
    ] as [([String: [String]], String?)])
  func rings(_ over: [String: [String]], _ said: String?) throws {
    let folder = try ScratchFolder()
    try folder.write(Self.table, to: "tables.yaml")
    for pack in ["low", "mid", "high"] {
      let others = (over[pack] ?? []).joined(separator: ", ")
      try folder.write("pack: \(pack)\nover: [\(others)]\n", to: "packs/\(pack)/pack.yaml")
    }
    try folder.write(
      "rules: [{rule: r, for: duties, check: has(id)}]\n", to: "packs/high/rules.yaml")
    let found = Rulebook.load(RuleSelection(folders: [folder.url.path])).diagnostics
    #expect(
      found.map(\.what)
        == (said.map {
          ["the packs \($0) are over one another in a ring, so that none of them is over another"]
        } ?? []))
    #expect(found.allSatisfy { $0.severity == .warning })
  }
}
