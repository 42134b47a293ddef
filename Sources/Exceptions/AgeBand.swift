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
    self = Self.allCases.first { days <= $0.lastDay ?? .max } ?? .longer
  }

  /// The last day of the band; nil for the one that has no end.
  public var lastDay: Int? {
    switch self {
    case .week: 7
    case .fortnight: 14
    case .month: 28
    case .twoMonths: 60
    case .threeMonths: 90
    case .longer: nil
    }
  }

  /// Orders by age.
  public static func < (a: AgeBand, b: AgeBand) -> Bool {
    (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
  }
}
