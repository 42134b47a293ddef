public import Diagnostics
public import Exceptions
public import Expressions

/// One rule, checked.
public struct Rule: Sendable {
  /// The unique name, in kebab case.
  public var name: String
  /// What it asks, as a title.
  public var title: String
  /// Why it is asked.
  public var why: String?
  /// The law, guidance or plan behind it.
  public var source: String?
  /// The folder under `packs/`; empty outside it.
  public var pack: String
  /// The number of the table whose rows are judged.
  public var table: Int
  /// The condition on the rows that are judged; nil for all rows.
  public var when: CheckedExpression?
  /// What is asked of a row.
  public var kind: Kind
  /// What an exception says.
  public var message: MessageTemplate?
  /// How to put it right.
  public var fix: String
  /// Where its exceptions go.
  public var list: RuleReport.List
  /// How much they matter.
  public var severity: CaseException.Severity
  /// Who has to act; nil for the table's owner.
  public var owner: Owner?
  /// What share is aimed at.
  public var target: Target?
  /// How far back from the as-of date it looks: what was decided earlier is left out.
  public var lookBack: CheckedExpression?
  /// When the rule applies.
  public var active: Active?
  /// Free words to group rules by.
  public var tags: [String]
  /// Where it is defined.
  public var position: SourcePosition

  /// What a rule asks.
  public enum Kind: Sendable {
    /// Something holds.
    case check(Check)
    /// Something is done in time.
    case deadline(Deadline)
    /// Something is done again and again, each time in time.
    case repeating(Repeating)
    /// An aggregate over a group of rows stays within a bound.
    case limit(Limit)

    /// The kind alone, as reports have it; its raw value is the key in a rule file.
    public var reported: RuleReport.Kind {
      switch self {
      case .check: .check
      case .deadline: .deadline
      case .repeating: .repeating
      case .limit: .limit
      }
    }
  }
}
