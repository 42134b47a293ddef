extension TimeSpan {
  /// Reads a count and a unit in words: `20 working days`, `1 week`, `72 hours`, `3 months`.
  ///
  /// Any case, any number of spaces, singular or plural. Nil for anything else, including a sign.
  public init?(words: String) {
    let parts = words.lowercased().split { $0 == " " || $0 == "\t" }
    guard let first = parts.first, first.utf8.allSatisfy({ 48...57 ~= $0 }), let count = Int(first)
    else { return nil }
    switch parts.dropFirst().joined(separator: " ") {
    case "day", "days": self = .days(count)
    case "working day", "working days": self = .workingDays(count)
    case "week", "weeks": self = .weeks(count)
    case "month", "months": self = .months(count)
    case "year", "years": self = .years(count)
    case "hour", "hours": self = .hours(count)
    default: return nil
    }
  }
}

extension TimeSpan: CustomStringConvertible {
  /// The span in words, `20 working days`; whole years as years, several parts joined by commas.
  public var description: String {
    var parts: [String] = []
    func name(_ amount: Int, _ unit: String) {
      if amount != 0 { parts.append("\(amount) \(unit)\(amount.magnitude == 1 ? "" : "s")") }
    }
    if months % 12 == 0 { name(months / 12, "year") } else { name(months, "month") }
    name(days, "day")
    name(workingDays, "working day")
    if seconds % 3600 == 0 {
      name(seconds / 3600, "hour")
    } else if seconds % 60 == 0 {
      name(seconds / 60, "minute")
    } else {
      name(seconds, "second")
    }
    if parts.isEmpty { return isOnClock ? "0 hours" : "0 days" }
    return parts.joined(separator: ", ")
  }
}
