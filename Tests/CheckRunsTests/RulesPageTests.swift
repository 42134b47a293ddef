import CheckRuns
import Diagnostics
import Expressions
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

  /// A folder of the examples.
  private func examplesFolder() throws -> ScratchFolder {
    let folder = try ScratchFolder()
    let blocks = page.components(separatedBy: "```yaml\n").dropFirst().map {
      $0.components(separatedBy: "\n```")[0]
    }
    #expect(blocks.count >= 6)
    for (number, block) in blocks.enumerated() {
      try folder.write(block, to: "example-\(number).yaml")
    }
    return folder
  }

  /// The part of the page on functions.
  private var functions: String {
    let parts = page.components(separatedBy: "\n### All functions\n")
    return parts.count == 2 ? parts[1].components(separatedBy: "\n## ")[0] : ""
  }

  @Test("every function has its place in the tables")
  func allFunctions() {
    var calls = Function.allCases.compactMap { function in
      function.entry.map { ($0.isMethod ? "text." : "") + function.rawValue }
    }
    calls += ["has", "coalesce", "same", "given", "lookup"]
    calls += CheckedExpression.Loop.allCases.map { "list.\($0.rawValue)" }
    calls += CheckedExpression.ListFunction.allCases.map { "list.\($0.rawValue)" }
    let rows = functions.split(separator: "\n").filter { $0.hasPrefix("| `") }
    #expect(calls.filter { call in !rows.contains { $0.hasPrefix("| `\(call)(") } } == [])
    #expect(rows.contains { $0.hasPrefix("| `rows.spans(") })
    #expect(rows.count == calls.count + 1)
    let aggregates = CheckedExpression.Aggregate.allCases.map(\.rawValue)
    #expect(aggregates.filter { !functions.contains("`\($0)(") } == [])
  }

  @Test("the example of every function is true of the rows that the page names")
  func functionExamples() throws {
    let folder = try examplesFolder()
    let examples = functions.split(separator: "\n").filter { $0.hasPrefix("| `") }.compactMap {
      $0.components(separatedBy: " | ").last?.dropLast(2).trimmingCharacters(in: ["`"])
    }
    #expect(examples.count >= 50)
    let rules = examples.enumerated().map { number, example in
      "  - {rule: function-\(number), for: children, check: '\(example)', field: child_id}\n"
    }
    let expected = examples.indices.map { "      function-\($0): {\"1\": met}\n" }
    let test = """
      tests:
        - test: the examples of the functions
          asOf: 2016-03-01
          given:
            children: [{child_id: "1", born_on: 2010-02-28, plan: CP, plan_started_on: 2016-01-04}]
            seen:
              - {visit_id: V1, child_id: "1", seen_on: 2016-01-05}
              - {visit_id: V2, child_id: "1", seen_on: 2016-01-20}
              - {visit_id: V3, child_id: "1"}
          expect:

      """
    try folder.write(
      "rules:\n" + rules.joined() + test + expected.joined(), to: "functions.yaml")
    let (rulebook, diagnostics) = Rulebook.load(RuleSelection(folders: [folder.url.path]))
    #expect(diagnostics.map(\.description) == [])
    let failures = try runRuleTests(rulebook).flatMap(\.failures)
    #expect(failures.map(\.description) == [])
  }

  @Test("the examples load and pass their own tests")
  func examples() async throws {
    let folder = try examplesFolder()
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
