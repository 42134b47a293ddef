import ArgumentParser
import CheckRuns
import Diagnostics
import ExceptionLedger
import Foundation
import Rulebooks
import WorkingTime

/// The configuration of the scheduled job.
struct JobOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The configuration of the job.", valueName: "file"))
  var config = "casecheck.yaml"

  /// Loads a configuration, or lists its mistakes and ends with the exit code for them.
  static func configuration(_ path: String, _ output: OutputOptions) throws -> JobConfiguration {
    let (configuration, mistakes) = JobConfiguration.load(path)
    guard mistakes.isEmpty else {
      // Those of the rules are told at once as well, where the rules are known.
      let known = Set(mistakes)
      let others = Rulebook.load(configuration.rules).diagnostics.filter {
        $0.severity == .error && !known.contains($0)
      }
      RuleMistakes.log(mistakes + others, to: output.logger)
      throw CheckExit.wrongRules
    }
    return configuration
  }
}

extension JobConfiguration {
  /// What the job asks of a run on a day.
  func request(asOf: CalendarDate, threads: Int) -> CheckRequest {
    var request = CheckRequest(
      extracts: extracts, earlier: earlier, rules: rules, asOf: asOf, threads: threads,
      memory: nil, version: Casecheck.version)
    request.ledger = LedgerUse(
      path: ledger,
      guardedBy: ExtractGuard(
        stopsAtMissingTable: stopsAtMissingTable, greatestFall: greatestFall))
    request.waivers = waivers
    return request
  }
}
