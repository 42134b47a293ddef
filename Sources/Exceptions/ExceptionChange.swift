/// How an exception stands against the run before.
public enum ExceptionChange: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// No run has listed it before.
  case new
  /// It had been put right, and is there again.
  case reopened
  /// On a drift list and in a higher band of age than it was, or not overdue before.
  case worse
  /// It was overdue, and has been done since, too late.
  case done
  /// It was agreed to, and is to be put right again.
  case unwaived = "no longer waived"
  /// It was on another team's list.
  case moved = "from another team"
  /// It was there, and no worse.
  case same
}

/// How long something has been late, in bands that people act on.
public enum AgeBand: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Up to a week.
  case week = "1-7"
  /// Up to a fortnight.
  case fortnight = "8-14"
  /// Up to four weeks.
  case month = "15-28"
  /// Up to two months.
  case twoMonths = "29-60"
  /// Up to three months.
  case threeMonths = "61-90"
  /// More than that.
  case longer = "91+"

  /// The band of a number of calendar days; the first one also for none.
  public init(days: Int) {
    switch days {
    case ...7: self = .week
    case ...14: self = .fortnight
    case ...28: self = .month
    case ...60: self = .twoMonths
    case ...90: self = .threeMonths
    default: self = .longer
    }
  }

  /// Orders by age.
  public static func < (a: AgeBand, b: AgeBand) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
