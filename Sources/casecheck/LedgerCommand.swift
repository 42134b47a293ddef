import ArgumentParser
import ExceptionLedger
import Foundation
import Logging
import Rulebooks
import WorkingTime

/// `casecheck ledger`: looks after the file itself.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Checks a ledger, or copies it.",
    subcommands: [LedgerCheckCommand.self, LedgerBackup.self])
}

/// Which ledger: named, or the one of the configuration.
struct LedgerSource: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger; when absent the one that the configuration names.", valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "The configuration of the scheduled job. (default: \(JobOptions.usual))", valueName: "file"))
  var config: String?

  /// The path; an error where neither names one.
  func path(telling output: OutputOptions) throws -> String {
    if let ledger { return ledger }
    guard let configuration = try JobOptions.found(config, output) else {
      throw ValidationError(
        "Name the ledger with --ledger, or a configuration that does with --config.")
    }
    return configuration.ledger
  }
}

/// Runs a body that reads a ledger, and tells what went wrong (exit 4).
func telling(_ logger: Logger, _ body: () throws -> Void) throws {
  do {
    try body()
  } catch let fault as LedgerFault {
    logger.error("casecheck: \(fault)")
    throw CheckExit.unfinished
  }
}

/// `casecheck ledger check`.
struct LedgerCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Checks that a ledger is whole, by SQLite's own means.",
    discussion: """
      Exits 0 when it is, 4 when it is not.

      EXAMPLE
        casecheck ledger check --ledger ledger.sqlite
      """)

  @OptionGroup(title: "Ledger")
  var source: LedgerSource

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() throws {
    try telling(output.logger) {
      let path = try source.path(telling: output)
      let found = try LedgerCheck(of: path)
      for fault in found.faults { output.logger.error("casecheck: \(path): \(fault)") }
      guard found.faults.isEmpty else {
        throw LedgerFault.corrupt(path: path, why: "\(found.faults.count) faults")
      }
      if output.quiet { return }
      let runs =
        found.first.flatMap { first in found.last.map { " from \(first) to \($0)" } } ?? ""
      Console.say(
        "\(path): whole. \(found.runs) run\(found.runs == 1 ? "" : "s")\(runs), \(found.exceptions) exception\(found.exceptions == 1 ? "" : "s") seen, \(found.open) of them open, \(found.size) bytes.\n"
      )
    }
  }
}

/// `casecheck ledger backup`.
struct LedgerBackup: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Copies a ledger, also while a run writes it.",
    discussion: """
      The copy appears whole or not at all, for its owner alone.

      EXAMPLE
        casecheck ledger backup --ledger ledger.sqlite --to backup/2016-01-31.sqlite
      """)

  @OptionGroup(title: "Ledger")
  var source: LedgerSource

  @Option(help: ArgumentHelp("The copy; it must not be there yet.", valueName: "file"))
  var to: String

  @OptionGroup(title: "Messages")
  var output: OutputOptions

  func run() throws {
    try telling(output.logger) { try backUpLedger(try source.path(telling: output), to: to) }
  }
}
