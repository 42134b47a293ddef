import Diagnostics
import Evaluation
public import Exceptions
import Extracts
import Rulebooks
import Values

/// Reads extracts and puts one child's case file together; nil where no record belongs to the child.
///
/// - Returns: the case file, why inputs cannot be trusted, and how many records of which files could not be read, each safe for
///   logs.
public func caseFile(of person: String, _ request: CheckRequest) async throws(CheckFailure) -> (
  file: CaseFile?, faults: [String], unread: [String]
) {
  let (rulebook, diagnostics) = request.loadRules()
  guard !diagnostics.contains(where: { $0.severity == .error }) else { throw .rules(diagnostics) }
  let intake = Intake(rulebook: rulebook, asOf: request.asOf)
  var pool = StringPool()
  let found = findExtracts(at: request.extracts)
  let tables = intake.tables(
    from: found.files, pool: &pool, threads: request.threads, spill: nil, progress: nil)
  var earlier: [Table]?
  var unfound = found.faults
  if let folder = request.earlier {
    let before = findExtracts(at: [folder])
    unfound += before.faults
    earlier = intake.tables(
      from: before.files, pool: &pool, threads: request.threads, spill: nil, progress: nil)
  }
  let inputs = InputReports(intake: intake)
  let faults =
    inputs.faults(tables, finding: unfound).map(\.message)
    + inputs.reports(tables).flatMap(\.faults).map { "\($0.file): \($0.message)" }
  let dataset = Dataset(tables: tables, earlier: earlier, pool: pool)
  let file = await Evaluation.caseFile(
    of: person, rulebook, on: dataset, asOf: request.asOf, threads: request.threads)
  let unread = inputs.reports(tables).filter { $0.rowsRejected > 0 }.map { input in
    "\(input.path): \(input.rowsRejected) \(input.rowsRejected == 1 ? "record" : "records")"
  }
  return (file, faults, unread)
}
