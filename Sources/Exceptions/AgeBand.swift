/// How long something has been late, in bands that people act on.
public enum AgeBand: String, CaseIterable, Comparable, Hashable, Sendable {
  /// Up to a week.
  case week = "0-7"
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

  /// The band of a number of calendar days; a number of zero or less is in the first.
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
