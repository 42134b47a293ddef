public import WorkingTime

/// What has changed since the lists that their readers last had, where not every run's lists are
/// sent to them.
public struct ListNews: Sendable {
  /// The as-of date of the run whose lists they had.
  public var previous: CalendarDate
  /// What was open then and has ended since, in the order of keys; each with the team, the worker and
  /// the list that had it then.
  public var ended: [LedgerEntry] = []
  /// By team, how many came to its lists and were put right in between, and so stood on none that
  /// was sent.
  public var passing: [TeamName: Int] = [:]
  /// By team, how many of those on its lists were another team's then.
  public var movedIn: [TeamName: Int] = [:]
  /// By team, how many were its own then and are another team's now, unless they were agreed to in
  /// both.
  public var movedOut: [TeamName: Int] = [:]
  /// The teams of which much was judged then, and nothing is now.
  public var teamsLost: Set<TeamName> = []
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
    guard var news, let since = news.sinceLists else { return self }
    var report = self
    for place in report.exceptions.indices {
      report.exceptions[place].change = report.exceptions[place].record.changeSinceLists
    }
    news.previous = since.previous
    news.ended = since.ended
    news.hasOtherRules = since.hasOtherRules
    news.opened = report.exceptions.count { $0.record.change == .new }
    news.reopened = report.exceptions.count { $0.record.change == .reopened }
    news.moved = since.movedOut.values.reduce(0, +)
    // Nothing of these teams is in this run, so that nothing shows that they are at zero; their
    // readers had lists, and have to be told.
    let gone = since.teamsLost.union(since.movedOut.keys).subtracting(news.teams.map(\.team))
    news.teamsLost.formUnion(since.teamsLost.union(gone))
    for team in gone {
      news.teams.append(
        TeamStanding(team: team, listed: 0, waived: 0, unsettled: 0, zeroSince: nil, oldest: nil))
    }
    news.teams.sort { byteOrder($0.team.shown, $1.team.shown) < 0 }
    for place in news.teams.indices {
      let team = news.teams[place].team
      news.teams[place].movedIn = since.movedIn[team] ?? 0
      news.teams[place].movedOut = since.movedOut[team] ?? 0
      news.teams[place].passing = since.passing[team] ?? 0
      news.teams[place].week = nil
    }
    report.news = news
    return report
  }
}
