import Values
import WorkingTime

/// What the cells of one column could hold, counted cell by cell.
struct ColumnGuess {
  private(set) var given = 0
  private(set) var empty = 0
  private(set) var spansLines = false
  /// The words in it that stand for no value.
  private(set) var missingWords: Set<Text> = []
  private var integers = 0
  private var numbers = 0
  private var words = 0
  /// Whether it has digits that a number would lose: leading zeros, or more than nine digits.
  private var looksLikeCode = false
  private var reads: [Int]
  /// The cells that some date format reads, and those that are Excel's serial dates.
  private var dates = 0
  private var serials = 0
  /// The dates that only one order of day and month can read, and those that both can.
  private var dayFirst = 0
  private var monthFirst = 0
  private var eitherWay = 0
  /// The cells that a format of dates and times would read, had they no fraction of a second.
  private var fractions = 0
  /// How many cells hold each day that usually stands for no date.
  private var daysForNone: [Text: Int] = [:]
  /// The forms that all its values have, as long as it may be the key.
  private(set) var forms = TextForms()
  /// The number of characters of the longest cell.
  private(set) var longest = 0
  /// All distinct texts so far; nil where there are too many to be a key or to count.
  private var texts: StringPool? = StringPool()
  /// The most distinct texts that are counted where more than one cell in twenty repeats another.
  static let mostDistinct = 100_000

  /// The most likely type of the column, and its format where that is not a default one.
  struct Guess {
    var type: FieldType
    var format: String?
    /// Whether day and month could be either way round, and are as in another column of the file.
    var isAsElsewhere = false
    /// Whether day and month could be either way round, and nothing in the column shows which.
    var isEitherWay = false
    /// Whether they are dates and times with fractions of a second that no format reads.
    var hasFractions = false
    /// How many cells among its dates hold Excel's numbers for days.
    var serials = 0
  }

  private static let plain = NumberText(groupChar: nil, decimalChar: ".")
  private static let missing = ByteSet(missingTexts)
  private static let missingTexts: [Text] = [
    "NULL", "Null", "null", "N/A", "n/a", "#N/A", "NA", "(null)", "-", "--",
  ]
  private static let yesAndNo = ByteSet([
    "true", "True", "TRUE", "Y", "Yes", "YES", "false", "False", "FALSE", "N", "No", "NO",
  ])

  init() { reads = Array(repeating: 0, count: DateCandidates.all.count) }

  /// Takes the cell of a record; `declared` are the texts that a known definition reads as no value.
  mutating func take(_ record: Record, _ index: Int, declared: ByteSet) {
    if record.spansLines(index) { spansLines = true }
    let cell = record.bytes.span.extracting(record.fields[index].range)
    let text = cell.extracting(cell.rangeWithoutSpaces())
    if text.count == 0 || (text[0] >= 0x80 && text.decoded.allSatisfy(\.isWhitespace)) {
      empty += 1
      // A cell of spaces is a text unless the definition makes it a missing value.
      if cell.count > 0 { missingWords.insert(Text(cell.decoded)) }
      return
    }
    if Self.missing.contains(text) || declared.contains(text) {
      empty += 1
      missingWords.insert(Text(text.decoded))
      return
    }
    given += 1
    if Self.plain.integer(text) != nil { integers += 1 }
    if Self.plain.number(text) != nil { numbers += 1 }
    if Self.yesAndNo.contains(text) { words += 1 }
    looksLikeCode = looksLikeCode || (text.count > 1 && text[0] == 48 && text[1] &- 48 < 10)
    if cell.count > longest { longest = max(longest, cell.codePointCount) }
    // Every format begins with a digit.
    if text[0] &- 48 < 10, text.count <= 40 { takeDate(text) }
    if texts != nil { forms.take(cell) }
    _ = texts?.number(ofBytes: cell)
    if let count = texts?.count, count > Self.mostDistinct, count * 20 < given * 19 { texts = nil }
  }

  private mutating func takeDate(_ text: Span<UInt8>) {
    var isDate = false
    var isPlaceholder = false
    for (number, format) in DateCandidates.formats.enumerated() {
      guard let reading = format?.read(text) else { continue }
      let standsForNone = PlaceholderDate.isOne(reading)
      // Few numbers of eight digits that begin otherwise are days.
      if number == DateCandidates.compactNumber, text[0] != 49, text[0] != 50, !standsForNone {
        continue
      }
      reads[number] += 1
      isDate = true
      isPlaceholder = isPlaceholder || standsForNone
    }
    if isPlaceholder { daysForNone[Text(text.decoded), default: 0] += 1 }
    if isDate { dates += 1 } else if DateCandidates.readsButForFraction(text) { fractions += 1 }
    switch DateEvidence(text) {
    case .serial: serials += 1
    case .dayFirst: dayFirst += 1
    case .monthFirst: monthFirst += 1
    case .eitherWay: eitherWay += 1
    case .scientific, nil: break
    }
  }

  /// The days in a column of dates that usually stand for none, and how many cells hold each.
  func placeholders(_ guess: Guess) -> [(text: Text, count: Int)] {
    guard guess.type == .date || guess.type == .datetime else { return [] }
    return daysForNone.sorted { $0.key < $1.key }.map { (text: $0.key, count: $0.value) }
  }

  /// How many distinct texts there are; nil for more than are counted.
  var distinct: Int? { texts?.count }

  /// Whether every record has something in it, and all differ.
  var couldBeKey: Bool { given > 0 && empty == 0 && texts?.count == given }

  /// Whether it would be the key but for a few repeated records.
  var isNearlyKey: Bool {
    guard let texts else { return false }
    return given > 0 && empty == 0 && texts.count * 20 >= given * 19
  }

  /// Whether it would be the key but for one or two rows that leave it empty, as totals do.
  var isKeyButForTotals: Bool {
    Self.fewEmpty ~= empty && given > empty && texts?.count == given
  }

  /// How many rows without a value may be totals, or the units of the columns.
  static let fewEmpty = 1...2

  /// Whether more of its dates prove the month to be first than the day.
  var showsMonthFirst: Bool { monthFirst > dayFirst }

  /// Whether more of its dates prove the day to be first than the month.
  var showsDayFirst: Bool { dayFirst > monthFirst }

  /// The type that nine tenths of the cells can be read as; a column of numbers that name things is
  /// text.
  ///
  /// Where another column of the file has the month first, dates that could be either way round
  /// have it too.
  func guess(heading: String, besideMonthFirst: Bool) -> Guess {
    if most(words) { return Guess(type: .boolean) }
    if let best = bestFormat(heading),
      best != DateCandidates.compactNumber || !namesThings(heading)
    {
      let swapped = besideMonthFirst ? monthFirst(in: best) : nil
      let (type, pattern) = DateCandidates.all[swapped ?? best]
      return Guess(
        type: type, format: DateCandidates.defaults.contains(pattern) ? nil : pattern,
        isAsElsewhere: swapped != nil, isEitherWay: swapped == nil && couldBeEitherWay(best),
        serials: type == .time ? 0 : serials)
    }
    if most(serials), namesDate(heading) { return Guess(type: .date, serials: serials) }
    if most(fractions) { return Guess(type: .string, hasFractions: true) }
    if looksLikeCode || namesThings(heading) { return Guess(type: .string) }
    if most(integers) { return Guess(type: .integer) }
    return Guess(type: most(numbers) ? .number : .string)
  }

  private func most(_ count: Int) -> Bool { given > 0 && count * 10 >= given * 9 }

  /// The number of the format that reads most cells; nil where they are no dates.
  private func bestFormat(_ heading: String) -> Int? {
    guard let best = reads.indices.max(by: { (reads[$0], -$0) < (reads[$1], -$1) }),
      reads[best] > 0
    else { return nil }
    if most(reads[best]) { return best }
    guard most(dates + serials) else { return nil }
    // Where some dates have day and month the other way round, the majority decides.
    if reads[best] * 2 >= given { return best }
    // Excel may have turned most of a column's dates into numbers; the others show its format.
    let isOfDays = DateCandidates.all[best].type != .time
    return serials > 0 && isOfDays && namesDate(heading) ? best : nil
  }

  /// The number of a format with the month before the day that reads the cells as well as one with
  /// the day first.
  ///
  /// Nil where some date shows which is first, and for a single date.
  private func monthFirst(in best: Int) -> Int? {
    let own = DateCandidates.all[best].pattern
    guard own.hasPrefix("%d/%m"), couldBeEitherWay(best) else { return nil }
    let swapped = "%m/%d" + own.dropFirst(5)
    return DateCandidates.all.firstIndex { $0.pattern == swapped }
  }

  /// Whether a format has day and month as numbers, and several dates of which none shows which is
  /// first.
  private func couldBeEitherWay(_ best: Int) -> Bool {
    let pattern = DateCandidates.all[best].pattern
    return pattern.hasPrefix("%d") && pattern.dropFirst(3).hasPrefix("%m")
      && eitherWay >= 2 && dayFirst == 0 && monthFirst == 0
  }

  private func namesDate(_ heading: String) -> Bool {
    let normal = normalHeading(heading)
    return ["date", "dob", "birth"].contains { normal.contains($0) }
      || heading.lowercased().hasSuffix("_on") || heading.lowercased().hasSuffix(" on")
  }

  private func namesThings(_ heading: String) -> Bool {
    let normal = normalHeading(heading)
    let ends = ["id", "number", "no", "ref", "reference", "code", "urn", "upn", "uln", "phone"]
    return ends.contains { normal.hasSuffix($0) }
  }
}
