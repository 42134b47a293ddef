extension CalendarDate {
  /// Reads a day from an ISO date, or from day, month and year in British order: `5/3/2017`.
  public init?(written text: String) {
    if let day = CalendarDate(iso: text) {
      self = day
      return
    }
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    guard parts.count == 3, parts[2].utf8.count == 4, parts[0].utf8.count <= 2,
      parts[1].utf8.count <= 2, let day = Int(parts[0]), let month = Int(parts[1]),
      let year = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Whether a text has the shape of a date, whether or not there is such a day.
  public static func isShape(of text: String) -> Bool {
    let parts = text.split(omittingEmptySubsequences: false) { "/.-".contains($0) }
    return parts.count == 3
      && parts.allSatisfy { part in
        !part.isEmpty && part.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      } && (parts[0].utf8.count == 4 || parts[2].utf8.count == 4)
  }

  /// The advice on a text that should be an ISO date and is not.
  ///
  /// It never suggests a day that nobody meant.
  public static func advice(on text: String) -> String {
    if let day = CalendarDate(written: text) { return "Write it as \(day)" }
    let parts = text.split(separator: "-").map { Int($0) }
    if parts.count == 3, let year = parts[0], let month = parts[1], let day = parts[2],
      1...9999 ~= year
    {
      guard 1...12 ~= month else { return "There is no month \(month)" }
      let days = GregorianCalendar.days(inMonth: month, of: year)
      if day > days {
        return "That month has \(days) days"
      }
    }
    return "Write it as year, month and day, such as 2016-01-31"
  }
}
