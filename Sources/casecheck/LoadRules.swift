import Diagnostics
import Logging
import Rulebooks

/// Loads rules, or lists their mistakes and ends with the exit code for them.
///
/// What only looks at exports does without tables, and passes over blank files.
func loadRules(
  _ rules: RuleOptions, toLookAtExports: Bool = false, _ output: OutputOptions
) throws -> Rulebook {
  let started = ContinuousClock.now
  var selection = rules.selection
  selection.passesOverBlankFiles = toLookAtExports
  selection.mayLackTables = toLookAtExports
  let (rulebook, diagnostics) = Rulebook.load(selection)
  output.logger.debug("casecheck: rules read in \(ContinuousClock.now - started)")
  RuleMistakes.log(diagnostics, to: output.logger, of: selection)
  if diagnostics.contains(where: { $0.severity == .error }) { throw CheckExit.wrongRules }
  return rulebook
}
