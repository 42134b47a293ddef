import Diagnostics
import Digests
import Evaluation
import ExceptionLedger
public import Exceptions
import Extracts
import Reports
import Rulebooks
import Threads
import Values
import WorkingTime

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

/// The rules and the waivers of a run, without a mistake.
struct RulesInForce: Sendable {
  let rulebook: Rulebook
  let waivers: [Waiver]
  let warnings: [Diagnostic]

  /// Loads them; every mistake is thrown, before anything is read or written.
  init(_ request: CheckRequest) throws(CheckFailure) {
    var (rulebook, diagnostics) = request.loadRules()
    let (waivers, mistakes) = request.waivers.map { readWaivers($0) } ?? ([], [])
    diagnostics += mistakes
    diagnostics += request.ledger?.guardedBy.mistakes(in: rulebook) ?? []
    diagnostics += request.ledger?.mistakes(in: rulebook) ?? []
    guard !diagnostics.contains(where: { $0.severity == .error }) else {
      throw .rules(diagnostics)
    }
    self.rulebook = rulebook
    self.waivers = waivers
    warnings = diagnostics
  }
}

/// A run before it is recorded and written.
struct CheckedRun: Sendable {
  var report: RunReport
  /// What the run shows of exceptions that it does not list.
  var evidence: EvidenceSearch
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
  report.addresses = TeamAddresses(rulebook: rulebook, tables: tables, pool: given.pool).addresses
  let inputs = InputReports(intake: intake)
  report.inputs = given.inputs
  report.faults = given.faults
  let lastPeriod = given.lastPeriod(
    read: Set(report.rules.flatMap(\.reads)), expected: baseline?.present ?? [])
  report.faults += lastPeriod.faults
  report.remarks += lastPeriod.remarks
  report.removedRules = request.ledger?.removedRules ?? []
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
  let accepted = request.ledger?.guardedBy.accepted ?? []
  return CheckedRun(report: report) { keys in
    zip(keys, evaluated.evidence(keys)).map { key, evidence in
      evidence == .renumbered && accepted.contains(key.table) ? .gone : evidence
    }
  }
}

/// The digest of the rules: of every file's path below its folder and text, in order, of the codes, which may stand in files
/// of their own, and of the name of the calendar in use.
private func digest(of rulebook: Rulebook, in folders: [String]) -> String {
  var digester = SHA256Digester()
  func add(_ parts: [String]) {
    var text = parts.map { "\($0.utf8.count)" }.joined(separator: " ") + "\n"
    text += parts.joined(separator: "\n")
    digester.update(text.utf8Span.span)
  }
  for source in rulebook.sources {
    // However the folder is named: the same rules have one digest.
    let folder = folders.filter { source.path.hasPrefix($0) }.max { $0.count < $1.count } ?? ""
    let path = source.path.dropFirst(folder.count).drop { $0 == "/" }
    add([String(path), source.text])
  }
  for list in rulebook.codeLists {
    add([list.name])
    for entry in list.entries {
      let spell = [entry.from, entry.to].map { $0?.description ?? "" }
      add([entry.code.string, entry.label] + spell)
    }
  }
  add([rulebook.calendar?.name ?? ""])
  return digester.finish()
}

extension Rulebook {
  /// The packs that something in the rulebook comes from.
  var packs: [String] {
    let named = rules.map(\.pack) + tables.map(\.definition.pack)
    return Set(named).subtracting([""]).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// Says in good time that the calendar ends.
struct CalendarHorizon {
  let rulebook: Rulebook
  let asOf: CalendarDate

  var remarks: [String] {
    guard let calendar = rulebook.calendar else { return [] }
    if !calendar.covers.contains(asOf) {
      return [
        "The calendar \(calendar.name) covers \(calendar.covers.lowerBound) to \(calendar.covers.upperBound), and the as-of date lies outside: working days cannot be judged. Add its years."
      ]
    }
    guard let inAYear = asOf.adding(years: 1), inAYear > calendar.covers.upperBound else {
      return []
    }
    return [
      "The calendar \(calendar.name) ends on \(calendar.covers.upperBound), within a year: what falls due after that cannot be judged. Add the next years' holidays."
    ]
  }
}
