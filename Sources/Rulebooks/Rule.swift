public import Diagnostics
public import Exceptions
public import Expressions

/// One rule, checked.
///
/// A class, as it never changes and has some thirty parts, which a value would copy each time that
/// it is handed on.
public final class Rule: Sendable {
  /// The unique name, in kebab case.
  public let name: String
  /// What it asks, as a title.
  public let title: String
  /// Why it is asked.
  public let why: String?
  /// The law, guidance or plan behind it.
  public let source: String?
  /// The folder under `packs/`; empty outside it.
  public let pack: String
  /// The number of the table whose rows are judged.
  public let table: Int
  /// The condition on the rows that are judged; nil for all rows.
  public let when: CheckedExpression?
  /// What is asked of a row.
  public let kind: Kind
  /// What an exception says.
  public let message: MessageTemplate?
  /// How to put it right.
  public let fix: String
  /// Where its exceptions go.
  public let list: RuleReport.List
  /// How much they matter.
  public let severity: CaseException.Severity
  /// Who has to act; nil for the table's owner.
  public let owner: Owner?
  /// What share is aimed at.
  public let target: Target?
  /// How far back from the as-of date it looks: what was decided earlier is left out.
  public let lookBack: CheckedExpression?
  /// When the rule applies.
  public let active: Active?
  /// Free words to group rules by.
  public let tags: [String]
  /// Where it is defined.
  public let position: SourcePosition

  init(
    name: String, title: String, why: String?, source: String?, pack: String, table: Int,
    when: CheckedExpression?, kind: Kind, message: MessageTemplate?, fix: String,
    list: RuleReport.List, severity: CaseException.Severity, owner: Owner?, target: Target?,
    lookBack: CheckedExpression?, active: Active?, tags: [String], position: SourcePosition
  ) {
    self.name = name
    self.title = title
    self.why = why
    self.source = source
    self.pack = pack
    self.table = table
    self.when = when
    self.kind = kind
    self.message = message
    self.fix = fix
    self.list = list
    self.severity = severity
    self.owner = owner
    self.target = target
    self.lookBack = lookBack
    self.active = active
    self.tags = tags
    self.position = position
  }

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
