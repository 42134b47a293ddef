import Diagnostics
import Evaluation
public import Exceptions

/// Reads extracts and puts one child's case file together.
///
/// Where a waiver speaks of one of its verdicts, it judges all children: what a run would list
/// decides whether the waiver holds.
///
/// - Parameters:
///   - person: the child's number.
///   - request: what is read, by which rules, on which day.
///   - rule: a rule that is asked for, so that its silence is explained; nil for none.
///   - progress: told how far the reading is.
/// - Returns: the case file, nil where no record belongs to the child; the records under numbers
///   that may be the child's, written otherwise; why inputs cannot be trusted; and how many records
///   of which files could not be read. The latter two are safe for logs.
/// - Throws: what keeps the rules, the waivers or the extracts from being read at all.
public func caseFile(
  of person: String, _ request: CheckRequest, rule: String? = nil,
  progress: CheckProgressHandler? = nil
) async throws(CheckFailure) -> (
  file: CaseFile?, alike: [CaseFile.OtherSpelling], faults: [String], unread: [String]
) {
  let (rulebook, found) = request.loadRules()
  let (waivers, mistakes) = request.waivers.map { readWaivers($0) } ?? ([], [])
  let diagnostics = found + mistakes
  guard !diagnostics.contains(where: { $0.severity == .error }) else { throw .rules(diagnostics) }
  let intake = Intake(rulebook: rulebook, asOf: request.asOf)
  let memory = MemoryUse(request.memory)
  let given = try GivenExtracts(request, by: intake, within: memory, progress: progress)
  let read = await Evaluation.caseFile(
    of: person, rulebook, on: given.dataset, asOf: request.asOf, threads: request.threads,
    asked: rule)
  var file = read.file
  if file?.isSpokenOf(by: waivers, asOf: request.asOf) == true {
    // Whether a waiver holds is seen from the exceptions of all children.
    let exceptions = await evaluate(
      rulebook, on: given.dataset, asOf: request.asOf, threads: request.threads
    ).exceptions
    file?.note(waivers, holdingAmong: exceptions, asOf: request.asOf)
  }
  if let excess = memory.excess(with: given.dataset.spill) { throw .memory(excess) }
  let inputs = given.inputs
  let faults =
    (given.faults + given.lastPeriod(read: read.reads, expected: []).faults).map(\.message)
    + inputs.flatMap(\.faults).map { "\($0.file): \($0.message)" }
  let unread = inputs.filter { $0.rowsRejected > 0 }.map { input in
    "\(input.path): \(amount(input.rowsRejected, "record"))"
  }
  return (file, read.alike, faults, unread)
}
