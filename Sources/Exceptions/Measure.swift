/// How one rule stands in one team, or in all teams: one row of `measures.csv`.
public struct Measure: Hashable, Sendable {
  /// Whose figures they are.
  public enum Scope: Hashable, Sendable {
    /// All teams together.
    case all
    /// One team.
    case team(TeamName)

    /// The name in lists for programs.
    public var shown: String {
      switch self {
      case .all: "(all)"
      case .team(let team): team.shown
      }
    }

    /// The name as people read it.
    public var inWords: String {
      switch self {
      case .all: shown
      case .team(let team): team.inWords
      }
    }
  }

  /// A RAG status.
  public enum Rag: String, CaseIterable, Hashable, Sendable {
    /// The target is met.
    case green
    /// It is not met, but nearly.
    case amber
    /// It is missed.
    case red
  }

  /// The rule's name.
  public var rule: String
  /// The pack of the rule.
  public var pack: String
  /// Whose figures they are.
  public var scope: Scope
  /// How many verdicts there are of each kind.
  public var counts: VerdictCounts
  /// The percentage as written in the list; empty where nothing is decided.
  public var percent: String
  /// The target as written in the list; empty without one.
  public var target: String
  /// How its percentage stands to the target; nil without a target, or where nothing is decided.
  public var rag: Rag?
  /// Whether the colour would be another if all that could not be judged had broken the rule.
  public var isRagInDoubt = false

  /// A row of the measures.
  public init(
    rule: String, pack: String, scope: Scope, counts: VerdictCounts, percent: String,
    target: String, rag: Rag?
  ) {
    self.rule = rule
    self.pack = pack
    self.scope = scope
    self.counts = counts
    self.percent = percent
    self.target = target
    self.rag = rag
  }
}

/// How many verdicts there are of each kind.
public struct VerdictCounts: Hashable, Sendable {
  /// Done in time, or a check that holds.
  public var met = 0
  /// A check that does not hold.
  public var failed = 0
  /// Done after its date.
  public var late = 0
  /// Not done and past its date.
  public var overdue = 0
  /// Not done, and due within the warning time.
  public var dueSoon = 0
  /// Not done, and not due yet.
  public var pending = 0
  /// A value is missing.
  public var cannotJudge = 0

  /// No verdicts.
  public init() {}

  /// All but cannot-judge.
  public var judged: Int { met + failed + late + overdue + dueSoon + pending }
  /// The base of the percentage: met and broken.
  public var decided: Int { met + failed + late + overdue }
  /// What did not meet the rule.
  public var broken: Int { failed + late + overdue }

  /// The share of the decided verdicts that a part makes, in tenths of a percent.
  ///
  /// Nil where none are decided.
  ///
  /// Rounded half up, but never to 1,000 or 0 unless that is exactly true.
  public func tenths(of part: Int) -> Int? {
    guard decided > 0 else { return nil }
    var tenths = (part * 2_000 + decided) / (2 * decided)
    if part < decided { tenths = min(tenths, 999) }
    return part > 0 ? max(tenths, 1) : tenths
  }

  /// Adds the verdicts of another count.
  public static func += (a: inout VerdictCounts, b: VerdictCounts) {
    a.met += b.met
    a.failed += b.failed
    a.late += b.late
    a.overdue += b.overdue
    a.dueSoon += b.dueSoon
    a.pending += b.pending
    a.cannotJudge += b.cannotJudge
  }
}
