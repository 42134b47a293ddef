/// A day of the week, numbered as ISO 8601 does: Monday is 1, Sunday is 7.
public enum Weekday: Int, CaseIterable, Sendable {
  case monday = 1
  case tuesday
  case wednesday
  case thursday
  case friday
  case saturday
  case sunday

  /// Reads an English name (`saturday`) in any case; nil for anything else.
  public init?(name: String) {
    let wanted = name.lowercased()
    for day in Weekday.allCases where day.name == wanted {
      self = day
      return
    }
    return nil
  }

  /// The English name in lower case, as calendar files write it.
  public var name: String {
    switch self {
    case .monday: "monday"
    case .tuesday: "tuesday"
    case .wednesday: "wednesday"
    case .thursday: "thursday"
    case .friday: "friday"
    case .saturday: "saturday"
    case .sunday: "sunday"
    }
  }
}
