import ArgumentParser
import CheckRuns
import Delivery
import Exceptions
import Logging
import Rulebooks

/// Which file of waivers: the one named, or that of the configuration.
struct WaiverSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The waivers; when absent the file that the configuration names.", valueName: "file"))
  var waivers: String?

  @Option(
    help: ArgumentHelp(
      "The ledger, in which the exception is looked up; when absent the configuration's.",
      valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "The configuration of the scheduled job. (default: \(JobOptions.usual))", valueName: "file"))
  var config: String?

  /// The paths; the ledger's is nil if neither the command line nor the configuration names one.
  func paths(telling output: OutputOptions) throws -> (waivers: String, ledger: String?) {
    if let waivers, ledger != nil, config == nil { return (waivers, ledger) }
    guard let configuration = try JobOptions.found(config, output) else {
      if let waivers { return (waivers, ledger) }
      throw ValidationError(
        "Name the file of waivers with --waivers, or a configuration that does with --config.")
    }
    guard let path = waivers ?? configuration.waivers else {
      throw ValidationError(
        "\(config ?? JobOptions.usual) names no file of waivers. Add `waivers: waivers.csv` to it, or say --waivers."
      )
    }
    return (path, ledger ?? configuration.ledger)
  }

  /// The waivers of a file, or its mistakes and their exit code.
  func read(_ path: String, _ output: OutputOptions) throws -> [Waiver] {
    let (waivers, mistakes) = readWaivers(path)
    guard mistakes.isEmpty else {
      RuleMistakes.log(mistakes, to: output.logger)
      throw CheckExit.wrongRules
    }
    return waivers
  }

  /// Keeps others from changing the file between reading and writing it.
  func lock(_ path: String, _ output: OutputOptions) throws -> RunLock {
    do {
      return try RunLock(path: path + ".lock")
    } catch DeliveryFault.locked {
      output.logger.error(
        "casecheck: \(path): somebody else is changing the waivers. Nothing was written; try again."
      )
      throw CheckExit.locked
    } catch {
      output.logger.error("casecheck: \(path): the waivers could not be written: \(error)")
      throw CheckExit.unfinished
    }
  }

  func write(_ waivers: [Waiver], to path: String, _ output: OutputOptions) throws {
    do {
      try writeWaivers(waivers, to: path)
    } catch {
      output.logger.error("casecheck: \(path): the waivers could not be written: \(error)")
      throw CheckExit.unfinished
    }
  }
}
