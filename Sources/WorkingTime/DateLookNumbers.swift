// Dates of three numbers, in one order or another.
extension DateLook {
  /// A date of three numbers, with a time behind it or not.
  static func numeric(
    _ runs: [TextRun], _ timeWanted: Bool, _ shortYearsWanted: Bool
  ) -> String? {
    guard runs.count >= 5, let first = runs[0].number, let middle = runs[2].number,
      let last = runs[4].number, runs[1].isSeparator, runs[3].text == runs[1].text,
      runs[2].width <= 2
    else { return nil }
    if runs.count > 5, !startsTime(runs[5...]) { return nil }
    if first == 0, middle == 0, last == 0 { return "looks like an empty date written as zeros" }
    switch (runs[0].width, runs[4].width) {
    case (4, 1...2):
      return look(
        year: first, month: middle, day: last, runs[5...], timeWanted,
        swapped: "looks like a date with its day before its month")
    case (1...2, 4):
      return look(
        year: last, month: middle, day: first, runs[5...], timeWanted,
        swapped: "looks like a US date, month first")
    case (1...2, 1...2) where shortYearsWanted:
      return look(
        year: fullYear(last), month: middle, day: first, runs[5...], timeWanted,
        swapped: "looks like a US date, month first")
    case (1...2, 1...2):
      return "looks like a date with a two-digit year"
    default:
      return nil
    }
  }

  /// Whether the runs continue like ` 11:30` or `T11:30`.
  private static func startsTime(_ runs: ArraySlice<TextRun>) -> Bool {
    let rest = runs.drop { [" ", ",", "T", "t"].contains($0.text) }
    return rest.count < runs.count && rest.count >= 3
      && rest.first?.number != nil && [":", "."].contains(rest.dropFirst().first?.text)
  }

  private static func look(
    year: Int, month: Int, day: Int, _ time: ArraySlice<TextRun>, _ timeWanted: Bool,
    swapped: String
  ) -> String {
    if let date = CalendarDate(year: year, month: month, day: day) {
      let isCertain = day > 12 || day == month
      return impossibleTime(time, on: isCertain ? date : nil)
        ?? real(date, !time.isEmpty, timeWanted, certain: isCertain)
    }
    if let date = CalendarDate(year: year, month: day, day: month) {
      return "\(swapped) (\(inWords(date)))"
    }
    return impossible(year: year, month: month, day: day)
  }

  /// A real date that the formats do not read; it is named if the order of its parts is `certain`.
  static func real(
    _ date: CalendarDate, _ hasTime: Bool, _ timeWanted: Bool, certain: Bool
  ) -> String {
    let name = certain ? " (\(inWords(date)))" : ""
    return switch (hasTime, timeWanted) {
    case (true, false): "looks like a date with a time\(name)"
    case (false, true): "looks like a date without a time\(name)"
    case (true, true): "looks like a date and time in another format\(name)"
    case (false, false): "looks like a date in another format\(name)"
    }
  }

  /// A date with all its parts that exists in no calendar.
  static func impossible(year: Int, month: Int, day: Int) -> String {
    let reason =
      if year == 0 {
        "there is no year 0"
      } else if !(1...12 ~= month) {
        "there is no month \(month)"
      } else if day == 0 {
        "there is no day 0"
      } else {
        "\(MonthNames.name(month)) \(year) has "
          + "\(GregorianCalendar.days(inMonth: month, of: year)) days"
      }
    return "looks like a date that does not exist (\(reason))"
  }
}
