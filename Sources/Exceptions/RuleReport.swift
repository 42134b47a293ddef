public import WorkingTime

/// A rule of a run, with its words.
public struct RuleReport: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its title.
  public var title: String
  /// Why it is asked.
  public var why: String
  /// The law, guidance or plan behind it.
  public var source: String
  /// Its pack.
  public var pack: String
  /// The table whose rows it judges.
  public var table: String
  /// `check`, `deadline`, `repeat`, `limit` or `constraint`.
  public var kind: String
  /// How to put an exception right.
  public var fix: String
  /// Why it judged nothing; empty where it did.
  public var judgedNothing: String
  /// What it asks of a record, in plain words.
  public var asks = ""
  /// Where its exceptions go: `drift`, `correction` or `none`.
  public var list = "correction"
  /// The target in words, such as `at least 95 %`; empty without one.
  public var targetWords = ""
  /// Whether its percentage is the share of what did not meet it.
  public var isShareOfBroken = false
  /// The tables that its verdicts rest on, those of last period's by `lastPeriod(of:)`.
  public var reads: [String] = []
  /// Those of them whose other records the verdict on one rests on: with one of those unread, it
  /// may be in order by chance.
  public var comparesWith: [String] = []
  /// Those of them whose records need not name the child: the one that counts may be another
  /// child's.
  public var comparesWithAnybodys: [String] = []
  /// The fields that the verdict rests on, as `TABLE.FIELD`.
  public var fields: Set<String> = []
  /// Whether the value that it asks about is one by which records belong together: without it, a
  /// record may be anybody's.
  public var isOfKey = false
  /// Whether all that it reads was there: without that its silence shows nothing.
  public var isEvaluated = true
  /// What was decided before this day is left out; nil where the rule looks back without an end.
  public var looksBackTo: CalendarDate?

  /// What stands before the name of a table, and of a file, of last period's.
  public static let lastPeriod = "(earlier) "

  /// What stands in `reads` for a table of last period's.
  public static func lastPeriod(of table: String) -> String { lastPeriod + table }

  /// A rule.
  public init(
    name: String, title: String, why: String, source: String, pack: String, table: String,
    kind: String, fix: String, judgedNothing: String
  ) {
    self.name = name
    self.title = title
    self.why = why
    self.source = source
    self.pack = pack
    self.table = table
    self.kind = kind
    self.fix = fix
    self.judgedNothing = judgedNothing
  }
}
