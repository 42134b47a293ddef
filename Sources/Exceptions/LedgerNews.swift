public import WorkingTime

/// What the ledger knows beyond the run that was just recorded.
public struct LedgerNews: Sendable {
  /// The as-of date of the run before; nil for the first run.
  public var previous: CalendarDate?
  /// The last run of all, where this one was filled in before it; nil where this one is the last.
  public var last: CalendarDate?
  /// Exceptions that ended with this run, in the order of keys.
  public var ended: [LedgerEntry] = []
  /// Exceptions of earlier runs that this run neither lists nor ends, in the order of keys.
  public var unsettled: [LedgerEntry] = []
  /// How each team stands, by the bytes of its shown name.
  public var teams: [TeamStanding] = []
  /// The teams whose records have gone from tables in which they had exceptions, unless some that
  /// name children are left; and those of which nothing is judged any more.
  public var teamsLost: Set<TeamName> = []
  /// How many exceptions are new.
  public var opened = 0
  /// How many are open again.
  public var reopened = 0
  /// How many have gone to another team.
  public var moved = 0
  /// Whether the rules, their packs or parameters differ from those of a run before, back to the
  /// last that could be trusted.
  ///
  /// Some of what is new or put right may then be so for that reason alone.
  public var hasOtherRules = false
  /// What has changed since the lists that readers last had; nil where those are the last run's.
  public var sinceLists: ListNews?
  /// The figures of the last runs, this one included.
  public var trend = LedgerTrend()

  /// Nothing new.
  public init() {}

  /// How many have been put right.
  public var resolved: Int { ended.count { $0.end?.isPutRight ?? false } }
  /// How many have ended without being put right.
  public var lapsed: Int { ended.count - resolved }
}
