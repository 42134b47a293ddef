public import Exceptions
import Extracts
public import Rulebooks
public import WorkingTime

/// The result of judging the extracts by the rules.
public struct Evaluated: Sendable {
  /// Every verdict that needs a person, in no particular order.
  public var exceptions: [CaseException]
  /// The measures of each rule, by team and in total, ordered by rule and team.
  public var measures: [Measure]
  /// The rules with their words, by name, constraints among them.
  public var rules: [RuleReport]
  /// The teams of all rows.
  public var teams: [TeamName]
  /// What falls due within the warning time, in no particular order.
  public var dueSoon: [CaseException]
  /// What may hide a fault although nothing is listed for it; no cell is quoted.
  public var remarks: [String]
  /// What the run shows about exceptions that it does not list.
  public var evidence: EvidenceSearch
}

/// Judges the extracts by the rules.
///
/// The result depends only on the arguments, not on the number of threads or the time.
public func evaluate(
  _ rulebook: Rulebook, on dataset: Dataset, asOf: CalendarDate, threads: Int,
  progress: (@Sendable (_ exceptions: Int) -> Void)? = nil
) async -> Evaluated {
  var context = EvaluationContext(
    rulebook: rulebook, dataset: dataset, asOf: asOf, threads: threads)
  context.prepare(threads: threads)
  let evaluation = RunEvaluation(context: context, threads: threads)
  return await evaluation.run(progress: progress)
}

/// One verdict with the name of its record, for the rules' own tests.
public struct NamedVerdict: Hashable, Sendable {
  /// The record's key, or the group of a limit.
  public var record: String
  /// From 1; 0 where the rule does not repeat.
  public var occasion: Int
  /// What it is found to be; never `notJudged`.
  public var verdict: ExpectedVerdict
}

/// The names that lists give the records of a table, for the rules' own tests.
public func recordIDs(ofTable table: Int, in dataset: Dataset) -> Set<String> {
  let names = RecordNames(dataset: dataset)
  return Set(
    (0..<Int32(dataset.tables[table].rowCount)).map {
      names.recordID(RowID(table: Int32(table), row: $0))
    })
}

/// The name that lists give the record in a row, from 0, of a table, for the rules' own tests.
public func recordID(ofRow row: Int32, inTable table: Int, of dataset: Dataset) -> String {
  RecordNames(dataset: dataset).recordID(RowID(table: Int32(table), row: row))
}

/// The verdicts of some rules on every row, for the rules' own tests.
public func verdicts(
  of names: Set<String>, _ rulebook: Rulebook, on dataset: Dataset, test: RuleTest
) -> [String: [NamedVerdict]] {
  var context = EvaluationContext(
    rulebook: rulebook, dataset: dataset, asOf: test.asOf, threads: 1,
    more: test.parameters.values)
  context.prepare(threads: 1, overriding: test.parameters)
  let evaluation = RunEvaluation(context: context, threads: 1)
  return evaluation.namedVerdicts(of: names)
}
