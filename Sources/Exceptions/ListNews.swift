public import WorkingTime

/// What has changed since the lists that their readers last had, where not every run's lists are
/// sent to them.
public struct ListNews: Sendable {
  /// The as-of date of the run whose lists they had.
  public var previous: CalendarDate
  /// What was open then and has ended since, in the order of keys.
  public var ended: [LedgerEntry] = []
  /// By team, how many came up and were put right in between, and so stood on no list that was sent.
  public var passing: [TeamName: Int] = [:]
  /// By team, how many of those on its lists were another team's then.
  public var movedIn: [TeamName: Int] = [:]
  /// By team, how many were on its lists then and are another team's now.
  public var movedOut: [TeamName: Int] = [:]
  /// Whether a run since then, or that one, had other rules, packs or parameters.
  public var hasOtherRules = false

  /// Nothing has changed.
  public init(since previous: CalendarDate) { self.previous = previous }
}

extension RunReport {
  /// The same run as the readers of its lists see it: compared with the lists that they last had.
  ///
  /// Figures for programs, such as `summary.json`, compare with the run before, whoever saw it.
  public var forReaders: RunReport {
    guard let since = news?.sinceLists else { return self }
    var report = self
    report.news?.previous = since.previous
    report.news?.ended = since.ended
    report.news?.hasOtherRules = since.hasOtherRules
    for place in report.news?.teams.indices ?? 0..<0 {
      guard let team = report.news?.teams[place].team else { continue }
      report.news?.teams[place].movedIn = since.movedIn[team] ?? 0
      report.news?.teams[place].movedOut = since.movedOut[team] ?? 0
      report.news?.teams[place].passing = since.passing[team] ?? 0
      report.news?.teams[place].week = nil
    }
    for place in report.exceptions.indices {
      report.exceptions[place].change = report.exceptions[place].record.changeSinceLists
    }
    return report
  }
}
