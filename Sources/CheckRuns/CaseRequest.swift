import Diagnostics
import Evaluation
public import Exceptions

/// Reads extracts and puts one child's case file together.
///
/// - Parameters:
///   - person: the child's number.
///   - request: what is read, by which rules, on which day.
///   - progress: told how far the reading is.
/// - Returns: the case file, nil where no record belongs to the child; the records under numbers
///   that may be the child's, written otherwise; why inputs cannot be trusted; and how many records
///   of which files could not be read. The latter two are safe for logs.
/// - Throws: what keeps the rules or the extracts from being read at all.
public func caseFile(
  of person: String, _ request: CheckRequest, progress: CheckProgressHandler? = nil
) async throws(CheckFailure) -> (
  file: CaseFile?, alike: [CaseFile.OtherSpelling], faults: [String], unread: [String]
) {
  let (rulebook, diagnostics) = request.loadRules()
  guard !diagnostics.contains(where: { $0.severity == .error }) else { throw .rules(diagnostics) }
  let intake = Intake(rulebook: rulebook, asOf: request.asOf)
  let memory = MemoryUse(request.memory)
  let given = try GivenExtracts(request, by: intake, within: memory, progress: progress)
  let (file, alike, reads) = await Evaluation.caseFile(
    of: person, rulebook, on: given.dataset, asOf: request.asOf, threads: request.threads)
  if let excess = memory.excess(with: given.dataset.spill) { throw .memory(excess) }
  let inputs = given.inputs
  let faults =
    (given.faults + given.lastPeriod(read: reads, expected: []).faults).map(\.message)
    + inputs.flatMap(\.faults).map { "\($0.file): \($0.message)" }
  let unread = inputs.filter { $0.rowsRejected > 0 }.map { input in
    "\(input.path): \(amount(input.rowsRejected, "record"))"
  }
  return (file, alike, faults, unread)
}
