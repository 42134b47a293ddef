import Evaluation
import ExceptionLedger
public import Exceptions
import Extracts
import Rulebooks
import Values

/// Reads the rules, then the extracts, reaches the verdicts and returns the report.
///
/// Throws where the rules or waivers are wrong, before any data is read, and where more memory is
/// needed than was allowed. An input that cannot be trusted does not throw: whatever can be checked
/// is, and the report says what could not be.
public func check(_ request: CheckRequest, progress: CheckProgressHandler? = nil)
  async
  throws(CheckFailure) -> RunReport
{
  try await check(request, by: try RulesInForce(request), against: nil, progress: progress).report
}

/// Does the same, and compares the extracts with what the ledger knows of earlier ones.
func check(
  _ request: CheckRequest, by rules: RulesInForce, against baseline: LedgerBaseline?,
  progress: CheckProgressHandler?
) async throws(CheckFailure) -> CheckedRun {
  let rulebook = rules.rulebook
  var intake = Intake(rulebook: rulebook, asOf: request.asOf)
  // Nobody else compares extracts with those of another run, or of last period.
  intake.isSumming = baseline != nil || request.earlier != nil
  let memory = MemoryUse(request.memory, otherwise: "check fewer extracts at once")
  var given = try GivenExtracts(request, by: intake, within: memory, progress: progress)
  let folders = request.rules.folders
  let digested =
    request.threads > 1 ? Task.detached { digest(of: rulebook, in: folders) } : nil
  var evaluated = await evaluate(
    rulebook, on: given.dataset, asOf: request.asOf, threads: request.threads
  ) { exceptions in
    var state = CheckProgress()
    state.exceptions = exceptions
    progress?(state)
  }

  if let excess = memory.excess(with: given.dataset.spill, files: given.files.count) {
    throw .memory(excess)
  }

  let rulesDigest = await digested?.value ?? digest(of: rulebook, in: folders)
  var report = RunReport(
    version: request.version, asOf: request.asOf, rulesDigest: rulesDigest,
    ruleFolders: request.rules.folders, packs: rulebook.packs,
    parameters: request.rules.parameters)
  report.take(
    &evaluated, waivers: request.waivers == nil ? nil : rules.waivers, threads: request.threads)
  given.dataset.spill?.settle()
  given.lookAgain()
  report.take(given, request, by: intake, against: baseline)
  let inputs = InputReports()
  report.remarks +=
    rules.remarks
    + inputs.remarks(
      given.tables, files: given.files, named: request.extracts, besides: given.altered)
    + inputs.doubts(given.tables) + inputs.countRemarks(given.tables)
    + FooterTotals(among: given.tables).remarks
    + inputs.doubleRemarks(given.tables, rulesIn: request.rules.folders)
    + missingWaivers(request, rules.waivers, baseline)
    + LongWaivers(path: request.waivers ?? "", waivers: rules.waivers, asOf: request.asOf).remarks
    + CalendarHorizon(rulebook: rulebook, asOf: request.asOf).remarks
    + report.rules.filter { !$0.metWithout.isEmpty }.map {
      "\($0.name): all that it asks about is in no file (\($0.metWithout.joined(separator: ", "))), and whatever meets it meets it for want of that. Look whether the export has another heading for it."
    }
  // A waiver without a match may match what was not read, so that is no reason to withdraw it.
  if report.isUntrusted { report.waivers?.unmatched = [] }
  return CheckedRun(report: report, evidence: evaluated.evidence)
}

extension Rulebook {
  /// The packs from which something in the rulebook comes.
  var packs: [String] {
    let named = rules.map(\.pack) + tables.map(\.definition.pack)
    return Set(named).subtracting([""]).inByteOrder()
  }
}
