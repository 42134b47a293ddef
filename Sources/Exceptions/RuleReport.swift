public import WorkingTime

/// A rule of a run, in words.
public struct RuleReport: Hashable, Sendable {
  /// What a rule asks.
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// Something holds.
    case check
    /// Something is done in time.
    case deadline
    /// Something is done again and again, each time in time.
    case repeating = "repeat"
    /// An aggregate over a group of rows stays within a bound.
    case limit
    /// The table is as it is defined.
    case constraint
  }

  /// Where the exceptions of a rule go.
  public enum List: String, CaseIterable, Hashable, Sendable {
    /// To the team manager.
    case drift
    /// To business support.
    case correction
    /// Nowhere: the rule is a measure only.
    case none
  }

  /// A code that the field of a constraint may hold.
  public struct Code: Hashable, Sendable {
    /// The code.
    public var code: String
    /// What it means; the code itself where the list does not say.
    public var label: String
    /// The first day on which it holds.
    public var from: CalendarDate?
    /// The last day on which it holds.
    public var to: CalendarDate?

    /// A code.
    public init(
      code: String, label: String, from: CalendarDate? = nil, to: CalendarDate? = nil
    ) {
      self.code = code
      self.label = label
      self.from = from
      self.to = to
    }

    /// What it means; empty where the list does not say.
    public var meaning: String { label == code ? "" : label }

    /// When it holds, its days written by `day`; empty where it always does.
    public func spell(_ day: (CalendarDate) -> String) -> String {
      [from.map { "from \(day($0))" }, to.map { "until \(day($0))" }]
        .compactMap { $0 }.joined(separator: " ")
    }
  }

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
  /// What kind of thing it asks.
  public var kind: Kind
  /// How to put an exception right.
  public var fix: String
  /// Why it judged nothing; empty where it did.
  public var judgedNothing: String
  /// The columns, as `TABLE.FIELD`, that are in no file and are all that it asks about, where records
  /// meet it so.
  public var metWithout: [String] = []
  /// Which records it judges, in a plain sentence; empty for constraints, which judge every record.
  public var judges = ""
  /// What it asks of a record, in plain words.
  public var asks = ""
  /// The codes of the list that a constraint asks for, in the order of the list; else empty.
  public var codes: [Code] = []
  /// Where its exceptions go.
  public var list = List.correction
  /// The target in words, such as `at least 95 %`; empty without one.
  public var targetWords = ""
  /// Whether its percentage is the share that did not meet it.
  public var isShareOfBroken = false
  /// Whether it may list other records than the one it judges.
  public var marksOthers = false
  /// The tables that its verdicts rest on; those of last period have an `EarlierName`.
  public var reads: [String] = []
  /// Those of them in which other records count, too, in the verdict on a record.
  ///
  /// If one of these could not be read, the record may be in order by chance.
  public var comparesWith: [String] = []
  /// Those of them whose records need not name the child.
  ///
  /// The record that counts may be another child's.
  public var comparesWithAnybodys: [String] = []
  /// The fields that the verdict rests on, as `TABLE.FIELD`.
  public var fields: Set<String> = []
  /// Whether it asks about a value by which records belong together.
  ///
  /// Without such a value, a record may be anybody's.
  public var isOfKey = false
  /// Whether it asks about a field of the table's key.
  ///
  /// A record that breaks it may be one that is looked for under another key.
  public var isOfOwnKey = false
  /// Whether everything that it reads was there; otherwise its silence shows nothing.
  public var isEvaluated = true
  /// Whether its `when` chooses the records that it asks something of.
  public var hasCondition = false
  /// Whether it applies on the as-of date, as its `active` says.
  public var isActive = true
  /// What was decided before this day is left out; nil where the rule looks back without limit.
  public var looksBackTo: CalendarDate?

  /// The tables of last period's that its verdicts rest on, by their bare names.
  public var readsOfEarlier: [String] { reads.compactMap(EarlierName.bareName) }

  /// A rule.
  public init(
    name: String, title: String, why: String, source: String, pack: String, table: String,
    kind: Kind, fix: String, judgedNothing: String
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
