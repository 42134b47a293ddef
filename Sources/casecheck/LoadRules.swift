import Diagnostics
import Logging
import Rulebooks

/// Loads rules, or lists their mistakes and ends with the exit code for them.
func loadRules(_ rules: RuleOptions, _ output: OutputOptions) throws -> Rulebook {
  let started = ContinuousClock.now
  let (rulebook, diagnostics) = Rulebook.load(rules.selection)
  output.logger.debug("casecheck: rules read in \(ContinuousClock.now - started)")
  RuleMistakes.log(diagnostics, to: output.logger)
  if diagnostics.contains(where: { $0.severity == .error }) { throw CheckExit.wrongRules }
  return rulebook
}
