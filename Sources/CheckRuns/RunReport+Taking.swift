import Evaluation
import ExceptionLedger
import Exceptions
import Reports
import Threads

extension RunReport {
  /// Takes over what the rules have found, so that nobody else keeps a second list of exceptions.
  ///
  /// Waived exceptions leave their team's list.
  mutating func take(_ evaluated: inout Evaluated, waivers: [Waiver]?, threads: Int) {
    exceptions = exchange(&evaluated.exceptions, with: [])
    if let waivers { apply(waivers) }
    let unsorted = exceptions
    exceptions = inListOrder(unsorted, threads: threads)
    letGo(unsorted, threads: threads)
    dueSoon = inListOrder(evaluated.dueSoon, threads: threads)
    measures = evaluated.measures
    rules = evaluated.rules
    teams = evaluated.teams
    remarks += lookAlikes(among: evaluated.teams) + evaluated.remarks
  }

  /// Takes over what was read, and how it compares with what the ledger knows of earlier extracts.
  ///
  /// What the rules read must already be known.
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
    listDays = request.ledger?.sentOn ?? []
    acceptedTables = request.ledger?.guardedBy.accepted ?? []
    tablesWithAcceptedLosses = acceptedTables.intersection(given.altered.excused)
    let repeated = RepeatedExtracts(tables: tables).found(in: exceptions, threads: request.threads)
    let standings = TableStandings(
      given, lastPeriod, repeats: repeated.repeats, isCounted: baseline != nil,
      threads: request.threads)
    // Losses come first, as they tell which tables are whole.
    if let baseline, let ledger = request.ledger {
      findLosses(standings, against: baseline, ledger)
    }
    let unended = UnendedExtracts(among: tables)
    let cut = unended.faults(besides: faults) + FooterTotals(among: tables).faults
    for place in inputs.indices {
      inputs[place].faults += cut.filter {
        $0.file == inputs[place].path && $0.table == inputs[place].table
      }
    }
    earlierTables = lastPeriod.reports(standings.before, faults)
    remarks += repeated.remarks + unended.remarks
    self.tables = InputReports().tableReports(
      standings.now, faults: faults + cut)
    if let baseline, let ledger = request.ledger {
      markLosses(tables, against: baseline, ledger)
      findStale(tables, against: baseline, ledger)
    }
  }
}
