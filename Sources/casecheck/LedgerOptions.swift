import ArgumentParser
import CheckRuns
import ExceptionLedger

/// The options of a run that is recorded: the ledger and the waivers.
struct LedgerOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The ledger of runs (SQLite): what is new, worse and put right; made where there is none.",
      valueName: "file"))
  var ledger: String?

  @Option(
    help: ArgumentHelp(
      "The waivers: agreed exceptions, as `casecheck waive` keeps them.", valueName: "file"))
  var waivers: String?

  @Flag(help: "Fill in a run that lies before the last one of the ledger.")
  var backfill = false

  @Option(
    help: ArgumentHelp(
      "A table that is missing, or far smaller than last time, and rightly so.",
      valueName: "table"))
  var acceptShrink: [String] = []

  @Option(
    help: ArgumentHelp(
      "A rule that is no longer in force, whose open exceptions end with this run.",
      valueName: "rule"))
  var acceptRemoved: [String] = []

  mutating func validate() throws {
    if ledger == nil, backfill { throw ValidationError("--backfill goes with --ledger.") }
    if ledger == nil, !acceptShrink.isEmpty {
      throw ValidationError("--accept-shrink goes with --ledger.")
    }
    if ledger == nil, !acceptRemoved.isEmpty {
      throw ValidationError("--accept-removed goes with --ledger.")
    }
  }

  /// How the run uses the ledger; nil without one.
  var use: LedgerUse? {
    ledger.map {
      var use = LedgerUse(
        path: $0, isBackfill: backfill, guardedBy: ExtractGuard(accepted: Set(acceptShrink)))
      use.removedRules = Set(acceptRemoved)
      return use
    }
  }
}
