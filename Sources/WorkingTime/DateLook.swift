/// Describes what an unreadable date looks like, so that messages can name the cause.
///
/// The phrases contain dates, which may be a child's: they belong in the list on disk, not in a
/// log.
public enum DateLook {
  /// A phrase such as `looks like an Excel serial date (14 March 2016)`; nil if nothing fits.
  ///
  /// With `timeWanted`, for a field of date-times, a missing time is worth mentioning; with
  /// `shortYearsWanted`, a two-digit year is not.
  public static func describe(
    _ text: String, timeWanted: Bool = false, shortYearsWanted: Bool = false
  ) -> String? {
    let trimmed = text.trimmingSpaces
    // Longer texts are sentences rather than dates, and not worth analysing.
    guard !trimmed.isEmpty, trimmed.utf8.count <= 60 else { return nil }
    let runs = TextRun.runs(of: trimmed)
    return word(trimmed) ?? serial(runs) ?? numeric(runs, timeWanted, shortYearsWanted)
      ?? compact(runs) ?? named(runs, timeWanted, shortYearsWanted) ?? partial(runs)
  }

  /// The year of two digits, as `%y` reads it.
  static func fullYear(_ digits: Int) -> Int { digits < 69 ? digits + 2000 : digits + 1900 }

  /// A phrase for a time that no clock shows; nil where there is none, or it is a time.
  ///
  /// `date` is nil where the order of its parts is not certain.
  static func impossibleTime(_ runs: ArraySlice<TextRun>, on date: CalendarDate?) -> String? {
    guard let colon = runs.firstIndex(where: { $0.text == ":" }), colon > runs.startIndex,
      colon + 1 < runs.endIndex, let hour = runs[colon - 1].number,
      let minute = runs[colon + 1].number, hour > 23 || minute > 59
    else { return nil }
    if hour == 24, minute == 0 {
      let next = date?.adding(days: 1).map(inWords) ?? "the next day"
      return "looks like midnight written as 24:00 (\(next), 00:00)"
    }
    let name = date.map { " (\(inWords($0)))" } ?? ""
    return "looks like a date with a time that does not exist\(name)"
  }

  /// `14 March 2016`.
  static func inWords(_ date: CalendarDate) -> String {
    "\(date.day) \(MonthNames.name(date.month)) \(date.year)"
  }

  /// A word that people write where they have no date.
  private static func word(_ text: String) -> String? {
    guard emptyWords.contains(text.lowercased()) else { return nil }
    return "looks like \"\(text)\" in place of a date"
  }

  private static let emptyWords: Set<String> = [
    "?", "-", "--", ".", "blank", "current", "missing", "n/a", "n/k", "na", "nil", "nk", "none",
    "not applicable", "not available", "not known", "not recorded", "null", "ongoing", "open",
    "pending", "present", "tba", "tbc", "tbd", "unk", "unknown",
  ]

  /// Days since 30 December 1899, as Excel shows a date in a cell that is formatted as a number.
  private static func serial(_ runs: [TextRun]) -> String? {
    guard let days = runs.first?.number, runs[0].width == 5, 20_000...60_000 ~= days,
      let date = CalendarDate(dayNumber: -25_569).adding(days: days)
    else { return nil }
    if runs.count == 1 { return "looks like an Excel serial date (\(inWords(date)))" }
    guard runs.count == 3, runs[1].text == ".", runs[2].number != nil,
      let fraction = Double("0." + runs[2].text)
    else { return nil }
    // Rounded to the minute: Excel's fractions are binary and fall just short of it.
    let minute = min(Int((fraction * 1440).rounded()), 1439)
    let time = TimeOfDay(secondOfDay: Int32(minute * 60))
    return "looks like an Excel serial date with a time (\(inWords(date)) \(time))"
  }

  /// `20160314` or `14032016`.
  private static func compact(_ runs: [TextRun]) -> String? {
    guard runs.count == 1, runs[0].width == 8, let number = runs[0].number else { return nil }
    let yearFirst = CalendarDate(
      year: number / 10_000, month: number / 100 % 100, day: number % 100)
    let yearLast = CalendarDate(
      year: number % 10_000, month: number / 10_000 % 100, day: number / 1_000_000)
    if number == 0 { return "looks like an empty date written as zeros" }
    for date in [yearFirst, yearLast] {
      if let date, 1900...2099 ~= date.year {
        return "looks like a date without separators (\(inWords(date)))"
      }
    }
    return nil
  }

  /// A year alone, or a month and a year.
  private static func partial(_ runs: [TextRun]) -> String? {
    func isYear(_ run: TextRun) -> Bool { run.width == 4 && 1900...2099 ~= run.number ?? 0 }
    if runs.count == 1, isYear(runs[0]) { return "looks like a year alone" }
    guard runs.count == 3, runs[1].isSeparator else { return nil }
    for (year, month) in [(runs[0], runs[2]), (runs[2], runs[0])] where isYear(year) {
      if 1...12 ~= month.number ?? MonthNames.number(of: month.text) ?? 0 {
        return "looks like a month without a day"
      }
    }
    return nil
  }
}
