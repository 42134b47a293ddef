import ArgumentParser
import ExceptionLedger
import Logging
import Rulebooks

/// Which ledger: the one named, or that of the configuration.
struct LedgerSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger; when absent the one that the configuration names.", valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "The configuration of the scheduled job. (default: \(JobOptions.usual))", valueName: "file"))
  var config: String?

  /// The path; an error if neither names one.
  func path(telling output: OutputOptions) throws -> String {
    if let ledger { return ledger }
    guard let configuration = try JobOptions.found(config, output) else {
      throw ValidationError(
        "Name the ledger with --ledger, or a configuration that does with --config.")
    }
    return configuration.ledger
  }
}

/// Runs a body that reads a ledger; logs what goes wrong and exits with 4, or with 64 where the
/// command line names a run, a team or a rule that there is not.
func telling<Found>(_ logger: Logger, _ body: () throws -> Found) throws -> Found {
  do {
    return try body()
  } catch let fault as LedgerFault {
    logger.error("casecheck: \(fault)")
    throw fault.isOfName ? ExitCode.validationFailure : CheckExit.unfinished
  }
}

extension LedgerFault {
  /// Whether only what the command line names is not there.
  ///
  /// `previous` is a right name, though the ledger may have no such run yet.
  fileprivate var isOfName: Bool {
    switch self {
    case .noRun(let asOf, _): asOf != "previous"
    case .noName: true
    default: false
    }
  }
}
