import CheckRuns
import Diagnostics
import Evaluation
import Extracts

@testable import Rulebooks

/// Any text as a rule file: each mistake has a place in it, and rules without one can be explained.
///
/// Their tests can be run, whatever those say. The same text is read as a job's configuration.
enum RulesTarget: FuzzTarget {
  static let name = "rules"

  static func run(_ input: [UInt8]) throws {
    guard let text = String(validating: input, as: UTF8.self) else { return }
    var loader = RulebookLoader(selection: RuleSelection(folders: []))
    let file = RuleFile(path: "rules.yaml", folder: 0, pack: "", text: text)
    let (rulebook, diagnostics) = loader.load([file])
    try checkPlaces(diagnostics, text)
    try checkConfiguration(text)
    guard diagnostics.allSatisfy({ $0.severity != .error }) else { return }
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
    _ = try waiting { try await runRuleTests(rulebook) }
  }

  private static func checkPlaces(_ diagnostics: [Diagnostic], _ text: String) throws {
    // YAML has more kinds of line ends than one.
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
    let documents = YAMLReading.documents(
      of: text, file: "casecheck.yaml", into: &collector.diagnostics)
    guard let root = documents.first else { return }
    var loader = JobConfigurationLoader(folder: "", collector: collector)
    _ = loader.load(root)
  }
}
