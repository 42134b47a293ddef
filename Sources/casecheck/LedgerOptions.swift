import ArgumentParser
import CheckRuns

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

  @OptionGroup
  var agreed: AgreementOptions

  mutating func validate() throws {
    if ledger == nil, agreed.backfill { throw ValidationError("--backfill goes with --ledger.") }
    if ledger == nil, !agreed.acceptShrink.isEmpty {
      throw ValidationError("--accept-shrink goes with --ledger.")
    }
    if ledger == nil, !agreed.acceptRemoved.isEmpty {
      throw ValidationError("--accept-removed goes with --ledger.")
    }
  }

  /// How the run uses the ledger; nil without one.
  var use: LedgerUse? {
    ledger.map {
      var use = LedgerUse(path: $0)
      agreed.apply(to: &use)
      return use
    }
  }
}
