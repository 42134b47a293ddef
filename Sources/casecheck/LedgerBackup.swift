import ArgumentParser
import ExceptionLedger
import Logging

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
