import ArgumentParser
import CheckRuns

/// What a person agrees to, so that a run is recorded that would otherwise be refused.
struct AgreementOptions: ParsableArguments {
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

  /// Applies the agreements to a run's use of its ledger.
  func apply(to use: inout LedgerUse) {
    use.isBackfill = backfill
    use.guardedBy.accepted = Set(acceptShrink)
    use.removedRules = Set(acceptRemoved)
  }
}
