// Dates with the month as a word: `14 March 2016`, `Mon 14-Mar-16`, `March 14th, 2016`.
extension DateLook {
  static func named(
    _ runs: [TextRun], _ timeWanted: Bool, _ shortYearsWanted: Bool
  ) -> String? {
    let words = runs.filter(\.isWord)
    let months = words.compactMap { MonthNames.number(of: $0.text) }
    let others = words.filter { MonthNames.number(of: $0.text) == nil }
    guard months.count == 1, others.allSatisfy({ isUsual($0.text.lowercased()) }) else {
      return nil
    }

    let clock = runs.firstIndex { $0.text == ":" }
    // The part before the colon is the hour.
    let numbers = runs[..<(clock.map { max($0 - 1, 0) } ?? runs.count)].filter { $0.number != nil }
    guard numbers.count == 2, let a = numbers[0].number, let b = numbers[1].number else {
      return nil
    }
    let (year, day): (Int, Int)
    switch (numbers[0].width, numbers[1].width) {
    case (1...2, 4): (year, day) = (b, a)
    case (4, 1...2): (year, day) = (a, b)
    case (1...2, 1...2) where shortYearsWanted: (year, day) = (fullYear(b), a)
    case (1...2, 1...2): return "looks like a date with the month as a word and a two-digit year"
    default: return nil
    }
    guard let date = CalendarDate(year: year, month: months[0], day: day) else {
      return impossible(year: year, month: months[0], day: day)
    }
    if let phrase = impossibleTime(runs[...], on: date) { return phrase }
    if (clock != nil) != timeWanted { return real(date, clock != nil, timeWanted, certain: true) }
    if let word = words.first(where: { MonthNames.isCut($0.text) }) {
      return "looks like a date with its month cut to \"\(word.text)\" (\(inWords(date)))"
    }
    return "looks like a date with the month as a word (\(inWords(date)))"
  }

  /// Other words that such a date may contain: its weekday, `th`, `of`, AM or PM.
  private static func isUsual(_ word: String) -> Bool {
    ["st", "nd", "rd", "th", "of", "at", "am", "pm", "t", "z"].contains(word)
      || word.utf8.count >= 3 && Weekday.allCases.contains { $0.name.hasPrefix(word) }
  }
}

extension MonthNames {
  /// Whether a word is the start of a month's name, but neither the name nor its three letters.
  static func isCut(_ word: String) -> Bool {
    guard let number = number(of: word) else { return false }
    return ![3, name(number).utf8.count].contains(word.utf8.count)
  }

  /// The number of the month whose name begins with a word of three letters or more, in any case.
  static func number(of word: String) -> Int? {
    let word = word.lowercased()
    guard word.utf8.count >= 3 else { return nil }
    return (1...12).first { name($0).lowercased().hasPrefix(word) }
  }
}
