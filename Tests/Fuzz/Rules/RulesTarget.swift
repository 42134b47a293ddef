import CheckRuns
import Diagnostics
import Evaluation
import Expressions
import Extracts

@testable import Rulebooks

/// Takes any text as a rule file.
///
/// Each mistake has a place in the text. Where there is none, the rules can be explained and their
/// tests run, whatever those say. The same text is also read as a job's configuration.
enum RulesTarget: FuzzTarget {
  static let name = "rules"

  static func run(_ input: [UInt8]) throws -> Bool {
    guard let text = String(validating: input, as: UTF8.self) else { return false }
    var loader = RulebookLoader(selection: RuleSelection(folders: []))
    let file = RuleFile(path: "rules.yaml", folder: 0, pack: "", text: text)
    let (rulebook, diagnostics) = loader.load([file])
    try checkPlaces(diagnostics, text)
    try checkConfiguration(text)
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { return false }
    try checkWithoutTests(file, rulebook)
    for rule in rulebook.rules {
      guard case .found = explanation(of: rule.name, in: rulebook) else {
        throw BrokenPromise(description: "\(rule.name) is not explained")
      }
    }
    for table in rulebook.tables {
      for constraint in ConstraintRule.all(of: table.definition) {
        _ = explanation(of: constraint.name, in: rulebook)
      }
    }
    _ = try runRuleTests(rulebook)
    return !rulebook.rules.isEmpty && !rulebook.tests.isEmpty
  }

  /// Checks that a faultless file yields the same rules where its tests are not read.
  private static func checkWithoutTests(_ file: RuleFile, _ rulebook: Rulebook) throws {
    var selection = RuleSelection(folders: [])
    selection.takesTests = false
    var loader = RulebookLoader(selection: selection)
    let (bare, diagnostics) = loader.load([file])
    try promise(
      diagnostics.allSatisfy { $0.severity != .error }, "wrong without tests: \(diagnostics)")
    func told(_ rulebook: Rulebook) -> [String] {
      rulebook.rules.map { "\($0.name) \($0.position) \($0.expressions.map(\.source.text))" }
        + rulebook.tables.map { "\($0.definition.name) \($0.definition.fields.map(\.name))" }
        + rulebook.parameters.map(\.source.text)
    }
    try promise(told(bare) == told(rulebook), "\(told(bare)) ≠ \(told(rulebook)) with tests")
  }

  private static func checkPlaces(_ diagnostics: [Diagnostic], _ text: String) throws {
    // YAML has more kinds of line ends than a line feed.
    let ends: Set<Unicode.Scalar> = ["\n", "\r", "\u{85}", "\u{2028}", "\u{2029}"]
    let lines = text.unicodeScalars.count { ends.contains($0) }
    for diagnostic in diagnostics {
      guard let position = diagnostic.position, position.file == "rules.yaml" else { continue }
      try promise(
        1...lines + 2 ~= position.line && position.column >= 1,
        "line \(position.line) of \(lines + 1), column \(position.column): \(diagnostic)")
    }
  }

  private static func checkConfiguration(_ text: String) throws {
    let collector = DiagnosticCollector()
    var repeats: [Diagnostic] = []
    let documents = YAMLReading.documents(
      of: text, file: "casecheck.yaml", into: &collector.diagnostics, repeats: &repeats)
    collector.diagnostics += repeats
    guard let root = documents.first else { return }
    var loader = JobConfigurationLoader(folder: "", collector: collector)
    _ = loader.load(root)
  }
}
