import Evaluation
import ExceptionLedger
import Exceptions
import Reports
import Threads

extension RunReport {
  /// Takes over what the rules have found; with waivers, what is agreed to leaves its team's list.
  mutating func take(_ evaluated: Evaluated, waivers: [Waiver]?, threads: Int) {
    exceptions = evaluated.exceptions
    if let waivers { apply(waivers) }
    let unsorted = exceptions
    exceptions = inListOrder(unsorted, threads: threads)
    letGo(unsorted, threads: threads)
    dueSoon = inListOrder(evaluated.dueSoon, threads: threads)
    measures = evaluated.measures
    rules = evaluated.rules
    teams = evaluated.teams
    remarks += lookAlikes(among: evaluated.teams)
  }

  /// Takes over what there was to read, and how it stands beside what the ledger knows of the
  /// extracts before.
  ///
  /// What the rules read has to be known by then.
  mutating func take(
    _ given: GivenExtracts, _ request: CheckRequest, by intake: Intake,
    against baseline: LedgerBaseline?
  ) {
    let tables = given.tables
    let mail = TeamAddresses(rulebook: intake.rulebook, tables: tables, pool: given.pool)
    (addresses, unusableAddresses) = (mail.addresses, mail.unusable)
    inputs = given.inputs
    faults = given.faults
    let lastPeriod = given.lastPeriod(
      read: Set(rules.flatMap(\.reads)), expected: baseline?.present ?? [])
    faults += lastPeriod.faults
    remarks += lastPeriod.remarks
    removedRules = request.ledger?.removedRules ?? []
    acceptedTables = request.ledger?.guardedBy.accepted ?? []
    let repeated = RepeatedExtracts(tables: tables).found(in: exceptions, threads: request.threads)
    let standings = TableStandings(
      given, lastPeriod, repeats: repeated.repeats, isCounted: baseline != nil,
      threads: request.threads)
    // First the losses, by which tables are known to be whole.
    if let baseline, let ledger = request.ledger {
      findLosses(standings, against: baseline, ledger)
    }
    earlierTables = lastPeriod.reports(standings.before, faults)
    remarks += repeated.remarks
    self.tables = InputReports(intake: intake).tableReports(standings.now, faults: faults)
    if let baseline, let ledger = request.ledger {
      markLosses(tables, against: baseline, ledger)
      findStale(tables, against: baseline)
    }
  }
}
