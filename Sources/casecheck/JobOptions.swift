import ArgumentParser
import CheckRuns
import Diagnostics
import Foundation
import Rulebooks
import WorkingTime

/// The configuration of the scheduled job.
struct JobOptions: ParsableArguments {
  /// Where the configuration is looked for if none is named.
  static let usual = "casecheck.yaml"

  @Option(
    help: ArgumentHelp(
      "The configuration of the job. (default: \(JobOptions.usual))", valueName: "file"))
  var config: String?

  /// The named configuration, which must exist, or the one in the usual place; nil if there is
  /// none.
  static func found(
    _ named: String?, _ output: OutputOptions, overriddenBy options: RuleOptions? = nil
  ) throws -> JobConfiguration? {
    if named == nil, !FileManager.default.fileExists(atPath: usual) { return nil }
    return try configuration(named ?? usual, output, overriddenBy: options)
  }

  /// Loads a configuration, or lists its mistakes and ends with their exit code.
  static func configuration(
    _ path: String, _ output: OutputOptions, overriddenBy options: RuleOptions? = nil,
    hasDay: Bool = false
  ) throws -> JobConfiguration {
    let (configuration, mistakes) = JobConfiguration.load(path, hasDay: hasDay)
    guard mistakes.isEmpty else {
      // The mistakes in the rules are listed at the same time, if the rules can be found.
      let known = Set(mistakes)
      let rules = options?.selection(over: configuration.rules) ?? configuration.rules
      let others = Rulebook.load(rules).diagnostics.filter {
        $0.severity == .error && !known.contains($0)
      }
      RuleMistakes.log(mistakes + others, to: output.logger)
      throw CheckExit.wrongRules
    }
    return configuration
  }
}

extension JobConfiguration {
  /// The same configuration with the day in place of `{asOf}` in the paths of its extracts.
  func dated(_ asOf: CalendarDate) -> JobConfiguration {
    var own = self
    own.extracts = extracts.map { $0.replacing("{asOf}", with: asOf.description) }
    own.earlier = earlier?.replacing("{asOf}", with: asOf.description)
    return own
  }

  /// What the job asks of a run on a day.
  func request(asOf: CalendarDate, threads: Int) -> CheckRequest {
    let own = dated(asOf)
    var request = CheckRequest(
      extracts: own.extracts, earlier: own.earlier, rules: rules, asOf: asOf, threads: threads,
      memory: nil, version: Casecheck.version)
    request.ledger = LedgerUse(
      path: ledger,
      guardedBy: ExtractGuard(
        stopsAtMissingTable: stopsAtMissingTable, greatestFall: greatestFall))
    request.waivers = waivers
    return request
  }
}
