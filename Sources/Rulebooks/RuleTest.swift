public import Diagnostics
public import Expressions
public import WorkingTime

/// A test that a rule carries.
public struct RuleTest: Sendable {
  /// What it shows.
  public var name: String
  /// The as-of date.
  public var asOf: CalendarDate
  /// The rows, by table number.
  public var given: [Int: [[TestCell]]]
  /// The rows of last period's extracts, by table number; nil if the test gives none.
  public var earlier: [Int: [[TestCell]]]?
  /// Parameters with values of their own, by number.
  public var parameters: [Int: CheckedExpression]
  /// What has to come out.
  public var expected: [Expectation]
  /// Where it is defined.
  public var position: SourcePosition

  /// One cell of a given row.
  public struct TestCell: Hashable, Sendable {
    /// The field's number.
    public var field: Int
    /// Its text.
    public var text: String
  }

  /// One verdict that has to come out.
  public struct Expectation: Sendable {
    /// The rule's name, or a constraint's.
    public var rule: String
    /// The record, with `#` and the occasion if the rule repeats.
    public var record: String
    /// The verdict, or for several records with one key, the verdict on each in the given order.
    public var verdicts: [ExpectedVerdict]
    /// Where it is written.
    public var position: SourcePosition
  }
}
