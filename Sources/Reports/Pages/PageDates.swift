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

  /// The same of an ISO text, with the time behind it where it has one; other texts as they are.
  static func short(_ iso: String) -> String {
    guard let date = CalendarDate(iso: String(iso.prefix(10))) else { return iso }
    let time = iso.dropFirst(11).prefix(5)
    return short(date) + (time.isEmpty ? "" : ", \(time)")
  }
}

/// `1 day`, `2 days`, with a word behind.
func days(_ count: Int, _ word: String) -> String {
  "\(grouped(count)) day\(count.magnitude == 1 ? "" : "s") \(word)"
}
