public import WorkingTime

/// The figures of the last runs, this one included, for the charts of the dashboard.
public struct LedgerTrend: Sendable {
  /// What a run left open and changed.
  public struct Point: Hashable, Sendable {
    /// The run's as-of date.
    public var day: CalendarDate
    /// Open after it, without what is waived.
    public var open: Int
    /// Open after it, and waived.
    public var waived: Int
    /// Seen for the first time, or open again; waived or not, as in all that follows.
    public var opened: Int
    /// Put right.
    public var resolved: Int
    /// Ended without being put right.
    public var lapsed: Int

    /// A point.
    public init(
      day: CalendarDate, open: Int, waived: Int = 0, opened: Int, resolved: Int, lapsed: Int
    ) {
      self.day = day
      self.open = open
      self.waived = waived
      self.opened = opened
      self.resolved = resolved
      self.lapsed = lapsed
    }
  }

  /// The runs, the oldest first.
  public var points: [Point] = []
  /// What each team had open after each run, without what is waived; nil where the run did not know
  /// the team.
  public var teams: [TeamName: [Int?]] = [:]
  /// The verdicts of each rule over all teams in each run; nil where the run did not have the rule.
  public var rules: [String: [VerdictCounts?]] = [:]

  /// A trend without runs.
  public init() {}
}
