import ArgumentParser
import Diagnostics
import Rulebooks

/// `casecheck rules check`: lists every mistake in the rule files.
struct RulesCheck: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks rule files and reports every mistake with its file, line and column.",
    discussion: """
      It names the rules and parameters that stand in place of others, which are not in force.
      Exits 0 when there is no mistake, 2 otherwise.

      EXAMPLE
        casecheck rules check --rules Rules
      """)

  @OptionGroup(title: "Rules")
  var rules: RuleOptions

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() async throws {
    let rulebook = try loadRules(rules, output)
    guard !output.quiet else { return }
    let counts = [
      amount(rulebook.rules.count, "rule"), amount(rulebook.tables.count, "table"),
      amount(rulebook.codeLists.count, "code list"), amount(rulebook.tests.count, "test"),
    ]
    let lines =
      rulebook.replacements.map(\.line) + ["\(counts.joined(separator: ", ")): no mistake."]
    try Console.show(lines.map { $0 + "\n" }.joined())
  }
}

extension Replacement {
  /// What stands in place of what, and where.
  fileprivate var line: String {
    let pack = pack.isEmpty ? "" : " of \(pack)"
    return "\(position): the \(kind.rawValue) `\(name)` replaces that\(pack) (\(replaced))"
  }
}
