import ArgumentParser
import CheckRuns
import Delivery
import Logging
import Rulebooks

extension CheckFailure {
  /// Logs what went wrong, and returns the exit code for it; `rules` says which rules were read.
  func exit(telling logger: Logger, reading rules: RuleSelection? = nil) -> ExitCode {
    switch self {
    case .rules(let mistakes):
      RuleMistakes.log(mistakes, to: logger, of: rules)
      return CheckExit.wrongRules
    case .memory(let message): logger.error("casecheck: \(message)")
    case .ledger(let fault): logger.error("casecheck: \(fault)")
    case .delivery(.diskFull(let path)):
      logger.error(
        "casecheck: \(DeliveryFault.diskFull(path: path)) The output before this run is still in place."
      )
    case .delivery(.busy(let path)):
      logger.error("casecheck: \(DeliveryFault.busy(path: path))")
      return CheckExit.locked
    case .delivery(let fault): logger.error("casecheck: \(fault)")
    case .lists(let message): logger.error("casecheck: \(message)")
    case .locked(let fault):
      logger.error("casecheck: \(fault)")
      return CheckExit.locked
    }
    return CheckExit.unfinished
  }
}
