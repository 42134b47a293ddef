import WorkingTime

/// Dates as people in Britain write them.
enum PageDates {
  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]

  /// `31 January 2016`.
  static func long(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    return "\(day) \(months[month - 1]) \(year)"
  }

  /// `31 Jan 2016`.
  static func short(_ date: CalendarDate) -> String {
    let (year, month, day) = date.components
    return "\(day) \(months[month - 1].prefix(3)) \(year)"
  }

  /// The same for an ISO text, followed by the time if it has one; other texts are unchanged.
  static func short(_ iso: String) -> String {
    guard let date = CalendarDate(iso: String(iso.prefix(10))) else { return iso }
    let time = iso.dropFirst(11).prefix(5)
    return short(date) + (time.isEmpty ? "" : ", \(time)")
  }
}

/// `1 day`, `2 days`.
func days(_ count: Int) -> String {
  "\(grouped(count)) day\(count.magnitude == 1 ? "" : "s")"
}

/// `1 day`, `2 days`, followed by a word.
func days(_ count: Int, _ word: String) -> String { "\(days(count)) \(word)" }
