import ArgumentParser
import Diagnostics
import ExceptionLedger
import Logging

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
      let companions = LedgerCompanions(of: path)
      defer { companions.remove() }
      let found = try LedgerCheck(of: path)
      for fault in found.faults { output.logger.error("casecheck: \(path): \(fault)") }
      guard found.faults.isEmpty else {
        throw LedgerFault.corrupt(path: path, why: amount(found.faults.count, "fault"))
      }
      if output.quiet { return }
      let runs =
        found.first.flatMap { first in found.last.map { " from \(first) to \($0)" } } ?? ""
      Console.say(
        "\(path): whole. \(amount(found.runs, "run"))\(runs), \(amount(found.exceptions, "exception")) seen, \(found.open) of them open, \(found.size) bytes.\n"
      )
    }
  }
}
