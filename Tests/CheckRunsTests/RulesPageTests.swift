import CheckRuns
import Diagnostics
import Foundation
import Rulebooks
import TestSupport
import Testing

/// The page on rules, `Rules/README.md`.
///
/// Its examples must load as a rule folder and pass their own tests, and its catalogue must be up
/// to date.
@Suite("Rules page")
struct RulesPageTests {
  private let page: String

  init() throws {
    let file = projectFolder.appendingPathComponent("Rules/README.md")
    page = String(decoding: try Data(contentsOf: file), as: UTF8.self)
  }

  @Test("the examples load and pass their own tests")
  func examples() async throws {
    let folder = try ScratchFolder()
    let blocks = page.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "\n```")[0]
    }
    #expect(blocks.count >= 6)
    for (number, block) in blocks.enumerated() {
      try folder.write(block, to: "example-\(number).yaml")
    }
    let (rulebook, diagnostics) = Rulebook.load(RuleSelection(folders: [folder.url.path]))
    #expect(diagnostics.map(\.description) == [])
    let results = try runRuleTests(rulebook)
    #expect(results.count >= 5)
    #expect(results.flatMap(\.failures).map(\.description) == [])
    let tested = Set(rulebook.tests.flatMap { $0.expected.map(\.rule) })
    #expect(rulebook.rules.map(\.name).filter { !tested.contains($0) } == [])
  }

  @Test("the catalogue is the one that the rules give")
  func catalogue() throws {
    let rules = projectFolder.appendingPathComponent("Rules").path
    let (rulebook, diagnostics) = Rulebook.load(RuleSelection(folders: [rules]))
    #expect(diagnostics.map(\.description) == [])
    #expect(
      page.hasSuffix(RuleCatalogue(rulebook).markdown), "Run scripts/write-rules-readme")
  }
}
