import ArgumentParser

/// `casecheck ledger`: looks after the ledger file itself.
struct LedgerCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ledger", abstract: "Checks a ledger, or copies it.",
    subcommands: [LedgerCheckCommand.self, LedgerBackup.self])
}
