public import WorkingTime

/// What the ledger knows beyond the run that was just recorded.
public struct LedgerNews: Sendable {
  /// The as-of date of the run before; nil for the first run.
  public var previous: CalendarDate?
  /// Exceptions that have come to an end with this run, in the order of keys.
  public var ended: [LedgerEntry] = []
  /// Exceptions of earlier runs that this run could not judge: still open, in the order of keys.
  public var unsettled: [LedgerEntry] = []
  /// How each team stands, by the bytes of its shown name.
  public var teams: [TeamStanding] = []
  /// How many exceptions are new.
  public var opened = 0
  /// How many are there again.
  public var reopened = 0
  /// How many have gone to another team.
  public var moved = 0
  /// Whether the rules, their packs or parameters are not those of the run before: some of what is new or put right may be
  /// so for that alone.
  public var hasOtherRules = false
  /// The figures of the last runs, this one included.
  public var trend = LedgerTrend()

  /// Nothing new.
  public init() {}

  /// How many have been put right.
  public var resolved: Int { ended.count { $0.end?.isPutRight ?? false } }
  /// How many have come to an end without being put right.
  public var lapsed: Int { ended.count - resolved }
}

/// An exception as the ledger keeps it.
public struct LedgerEntry: Hashable, Sendable {
  /// How it came to an end.
  public enum End: String, CaseIterable, Hashable, Sendable {
    /// It was judged, and is in order.
    case corrected
    /// The rule no longer asks anything of the record.
    case leftOut = "no longer asked"
    /// The record is in no extract any more.
    case gone = "record gone"
    /// Never put right, and looked at no longer: done late before the time that the rule looks back to; listed under the number
    /// of another visit since one was entered or taken out; listed by a last period's extract that another has replaced.
    case lapsed
    /// Its rule is no longer in force, and somebody has agreed that what it found ends.
    case withdrawn = "rule withdrawn"

    /// Whether it counts as put right.
    public var isPutRight: Bool {
      switch self {
      case .corrected, .leftOut, .gone: true
      case .lapsed, .withdrawn: false
      }
    }
  }

  /// Why it could not be judged while it stayed open.
  public enum Doubt: String, CaseIterable, Hashable, Sendable {
    /// Its rule was not evaluated, or an input that the rule reads was not whole.
    case notEvaluated = "not evaluated"
    /// A value that the rule needs is missing or unusable.
    case notJudged = "not judged"
    /// Its record is not there, and records of its table could not be read.
    case perhapsRejected = "perhaps among the rejected records"
  }

  /// What makes it the same from run to run.
  public var key: ExceptionKey
  /// Whose case file it belongs to; empty where that is not known.
  public var personID: String
  /// The team that had to act last.
  public var team: TeamName
  /// The worker who had to act last.
  public var worker: String
  /// What it was last.
  public var status: CaseException.Status
  /// Whose list it was on last.
  public var list: CaseException.List
  /// When it was due, where that is known.
  public var dueOn: CalendarDate?
  /// When it was done, where that is known.
  public var doneOn: CalendarDate?
  /// When a run first saw it.
  public var firstSeen: CalendarDate
  /// Since when it has been open, or was when it ended.
  public var openedOn: CalendarDate
  /// How often it had been put right before and was there again.
  public var reopened: Int
  /// How it ended; nil while it is open.
  public var end: End?
  /// Why it was not judged; nil where it was.
  public var doubt: Doubt?

  /// An entry.
  public init(
    key: ExceptionKey, personID: String, team: TeamName, worker: String,
    status: CaseException.Status, list: CaseException.List, dueOn: CalendarDate?,
    doneOn: CalendarDate?, firstSeen: CalendarDate, openedOn: CalendarDate, reopened: Int,
    end: End? = nil, doubt: Doubt? = nil
  ) {
    self.key = key
    self.personID = personID
    self.team = team
    self.worker = worker
    self.status = status
    self.list = list
    self.dueOn = dueOn
    self.doneOn = doneOn
    self.firstSeen = firstSeen
    self.openedOn = openedOn
    self.reopened = reopened
    self.end = end
    self.doubt = doubt
  }
}

/// How a team stands under the zero-tolerance standard.
public struct TeamStanding: Hashable, Sendable {
  /// The team.
  public var team: TeamName
  /// Exceptions on its lists.
  public var listed: Int
  /// Exceptions that somebody has agreed to.
  public var waived: Int
  /// Exceptions of earlier runs that could not be judged, and so are open.
  public var unsettled: Int
  /// Since which run it has been at zero without a break; nil where it is not, or that is not known.
  public var zeroSince: CalendarDate?
  /// Since when its oldest exception has been open.
  public var oldest: CalendarDate?
  /// Exceptions on its lists that were another team's in the run before.
  public var movedIn = 0
  /// Exceptions that were its own in the run before and are on another team's lists now.
  public var movedOut = 0
  /// What the runs of the last seven days brought; nil where there is but this one, or none before them to go by.
  public var week: WeekCounts?

  /// What came and went over several runs, each time counted.
  public struct WeekCounts: Hashable, Sendable {
    /// How many exceptions were new.
    public var opened: Int
    /// How often one became worse.
    public var worse: Int
    /// How many were there again.
    public var reopened: Int
    /// How many were put right.
    public var resolved: Int

    /// Counts.
    public init(opened: Int = 0, worse: Int = 0, reopened: Int = 0, resolved: Int = 0) {
      self.opened = opened
      self.worse = worse
      self.reopened = reopened
      self.resolved = resolved
    }
  }

  /// A standing.
  public init(
    team: TeamName, listed: Int, waived: Int, unsettled: Int, zeroSince: CalendarDate?,
    oldest: CalendarDate?
  ) {
    self.team = team
    self.listed = listed
    self.waived = waived
    self.unsettled = unsettled
    self.zeroSince = zeroSince
    self.oldest = oldest
  }

  /// Whether nothing is open that nobody has agreed to.
  public var isAtZero: Bool { listed == 0 && unsettled == 0 }
}
