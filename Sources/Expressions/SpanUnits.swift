public import WorkingTime

extension TimeSpan {
  /// An amount of the unit that a function names; nil where it is beyond all bounds.
  public init?(_ amount: Int64, of function: Function) {
    guard amount.magnitude < 10_000_000 else { return nil }
    let amount = Int(amount)
    switch function {
    case .days: self = .days(amount)
    case .workingDays: self = .workingDays(amount)
    case .weeks: self = .weeks(amount)
    case .months: self = .months(amount)
    case .years: self = .years(amount)
    case .hours: self = .hours(amount)
    default: return nil
    }
  }
}
