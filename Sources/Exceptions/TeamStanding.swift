public import WorkingTime

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
  /// The first run of the unbroken series in which it has been at zero.
  ///
  /// A run that did not ask what is asked now, though its rules had it, breaks the series. Nil where
  /// it is not at zero, or that is not known.
  public var zeroSince: CalendarDate?
  /// Whether the rules, packs or parameters of that first run were not those of the run before: the
  /// team may be at zero for that alone.
  public var isZeroSinceOtherRules = false
  /// Since when its oldest exception has been open that nobody has waived and that was not done late
  /// and listed as that before.
  public var oldest: CalendarDate?
  /// Exceptions on its lists that were another team's in the run before.
  public var movedIn = 0
  /// Exceptions that were its own in the run before and are another team's now, unless they were
  /// agreed to in both.
  public var movedOut = 0
  /// How many came to its lists and were put right since those that its readers last had.
  public var passing = 0
  /// What the runs of the last seven days brought, each change counted.
  ///
  /// Nil where this is the only run of the week, or no run before the week is there to compare
  /// with.
  public var week: WeekCounts?

  /// What came and went over several runs; something that happens twice counts twice.
  public struct WeekCounts: Hashable, Sendable {
    /// How many exceptions were new.
    public var opened: Int
    /// How often one became worse.
    public var worse: Int
    /// How many were opened again.
    public var reopened: Int
    /// How many were put right.
    public var resolved: Int
    /// How many ended without being put right: lapsed, or withdrawn with their rules.
    public var lapsed = 0
    /// How many came from another team.
    public var movedIn = 0
    /// How many went to another team.
    public var movedOut = 0

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

  /// Whether nothing is open that nobody has waived.
  public var isAtZero: Bool { listed == 0 && unsettled == 0 }
}
