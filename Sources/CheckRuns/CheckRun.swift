import Diagnostics
import Evaluation
import ExceptionLedger
public import Exceptions
import Extracts
import Reports
import Rulebooks
import Threads

/// Rules, then extracts, then verdicts, then the report.
///
/// Throws where the rules are wrong, before any data is read. An input that cannot be trusted does not
/// throw: what could be checked is, and the report says what could not.
public func check(_ request: CheckRequest, progress: CheckProgressHandler? = nil)
  async
  throws(CheckFailure) -> RunReport
{
  try await check(request, by: try RulesInForce(request), against: nil, progress: progress).report
}

/// The same, with the extracts held against what the ledger knows of those before.
func check(
  _ request: CheckRequest, by rules: RulesInForce, against baseline: LedgerBaseline?,
  progress: CheckProgressHandler?
) async throws(CheckFailure) -> CheckedRun {
  let rulebook = rules.rulebook
  let intake = Intake(rulebook: rulebook, asOf: request.asOf)
  let memory = MemoryUse(request.memory)
  let given = try GivenExtracts(request, by: intake, within: memory, progress: progress)
  let tables = given.tables
  let folders = request.rules.folders
  let digested =
    request.threads > 1 ? Task.detached { digest(of: rulebook, in: folders) } : nil
  let evaluated = await evaluate(
    rulebook, on: given.dataset, asOf: request.asOf, threads: request.threads
  ) { exceptions in
    var state = CheckProgress()
    state.exceptions = exceptions
    progress?(state)
  }

  if let excess = memory.excess { throw .memory(excess) }

  let rulesDigest = await digested?.value ?? digest(of: rulebook, in: folders)
  var report = RunReport(
    version: request.version, asOf: request.asOf, rulesDigest: rulesDigest,
    ruleFolders: request.rules.folders, packs: rulebook.packs,
    parameters: request.rules.parameters)
  report.exceptions = evaluated.exceptions
  if request.waivers != nil { report.apply(rules.waivers) }
  let unsorted = report.exceptions
  report.exceptions = inListOrder(unsorted, threads: request.threads)
  letGo(unsorted, threads: request.threads)
  report.dueSoon = inListOrder(evaluated.dueSoon, threads: request.threads)
  report.measures = evaluated.measures
  report.rules = evaluated.rules
  report.teams = evaluated.teams
  report.remarks += lookAlikes(among: evaluated.teams)
  let mail = TeamAddresses(rulebook: rulebook, tables: tables, pool: given.pool)
  (report.addresses, report.unusableAddresses) = (mail.addresses, mail.unusable)
  let inputs = InputReports(intake: intake)
  report.inputs = given.inputs
  report.faults = given.faults
  let lastPeriod = given.lastPeriod(
    read: Set(report.rules.flatMap(\.reads)), expected: baseline?.present ?? [])
  report.faults += lastPeriod.faults
  report.remarks += lastPeriod.remarks
  report.removedRules = request.ledger?.removedRules ?? []
  report.acceptedTables = request.ledger?.guardedBy.accepted ?? []
  let repeated = RepeatedExtracts(tables: tables).found(
    in: report.exceptions, threads: request.threads)
  let standings = TableStandings(
    given, lastPeriod, repeats: repeated.repeats, isCounted: baseline != nil,
    threads: request.threads)
  if let baseline, let ledger = request.ledger {
    report.findLosses(standings, against: baseline, ledger)
  }
  report.earlierTables = lastPeriod.reports(standings.before, report.faults)
  report.remarks += repeated.remarks
  report.tables = inputs.tableReports(standings.now, faults: report.faults)
  if let baseline, let ledger = request.ledger {
    report.markLosses(tables, against: baseline, ledger)
    report.findStale(tables, against: baseline)
  }
  report.remarks +=
    rules.warnings.map(\.description)
    + inputs.remarks(tables, files: given.files, named: request.extracts)
    + inputs.countRemarks(tables) + inputs.doubleRemarks(tables)
    + missingWaivers(request, baseline)
    + CalendarHorizon(rulebook: rulebook, asOf: request.asOf).remarks
  // What is not there to be matched gives no reason to take a waiver back.
  if report.isUntrusted { report.waivers?.unmatched = [] }
  return CheckedRun(report: report, evidence: evaluated.evidence)
}

extension Rulebook {
  /// The packs that something in the rulebook comes from.
  var packs: [String] {
    let named = rules.map(\.pack) + tables.map(\.definition.pack)
    return Set(named).subtracting([""]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
