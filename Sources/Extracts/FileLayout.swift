import Values
import WorkingTime

/// Where the headings of a file are, and what separates its fields.
struct FileLayout {
  let delimiter: UInt8
  let line: Int
  let headings: [String]

  init(_ headings: Headings) {
    delimiter = headings.delimiter
    line = headings.line
    self.headings = headings.texts
  }

  /// Guesses the layout from the first lines, without a table definition.
  ///
  /// The delimiter is the one under which most records are wide and of one width. The headings are
  /// the first record of that width with hardly an empty cell and without numbers and dates. Where
  /// no delimiter then gives more than one field, any number of headings may be empty. Nil where
  /// nothing looks like headings: a record taken for them would be shown, and lost.
  init?(guessedFrom start: [UInt8]) {
    var best = FileLayout.guess(start, leastGiven: 80)
    if best?.score ?? 0 == 0 { best = FileLayout.guess(start, leastGiven: 1) ?? best }
    if let other = FileLayout.guessOfOthers(start, besides: best?.score ?? 0) { best = other }
    guard let best else { return nil }
    // The whole line would be the heading of a single column.
    if best.score == 0, FileLayout.isParted(start, besides: best.layout.delimiter) { return nil }
    self = best.layout
  }

  /// Whether another delimiter parts most lines into the same number of fields.
  ///
  /// One in each line below a first without it may be the decimal comma of a single column.
  private static func isParted(_ start: [UInt8], besides own: UInt8) -> Bool {
    HeaderSearch.delimiters.contains { delimiter in
      if delimiter == own { return false }
      let widths = firstRecords(
        in: start, delimiter: delimiter, quote: Dialect().quoteChar, lines: HeaderSearch.mostLines
      ).map(\.texts.count)
      let counts = Dictionary(grouping: widths, by: { $0 }).mapValues(\.count)
      return counts.contains { width, count in
        width > 1 && count * 2 > widths.count && (width > 2 || widths.first == width)
      }
    }
  }

  /// The marks besides the usual delimiters that tools part cells by and hardly any text holds.
  private static let rareMarks: [UInt8] = [UInt8(ascii: "^"), UInt8(ascii: "~")]
  /// Those that texts hold as well, such as times of day.
  private static let commonMarks: [UInt8] = ":#!*".utf8.map { $0 }

  /// The layout under another mark that parts nearly all lines into the same number of fields, the
  /// headings among them; nil where none does so for certain.
  ///
  /// A run finds such a mark only where the definition names it.
  private static func guessOfOthers(_ start: [UInt8], besides score: Int) -> (
    score: Int, layout: FileLayout
  )? {
    let marks = score == 0 ? rareMarks + commonMarks : rareMarks
    guard let found = guess(start, leastGiven: 80, delimiters: marks), found.score > score else {
      return nil
    }
    let width = found.layout.headings.count
    let isRare = rareMarks.contains(found.layout.delimiter)
    let records = firstRecords(
      in: start, delimiter: found.layout.delimiter, quote: Dialect().quoteChar,
      lines: HeaderSearch.mostLines)
    let alike = records.count { $0.texts.count == width }
    // Headings further down may be a record below the real ones, and those that another delimiter
    // parts are one of cells in which the mark happens to stand.
    guard alike >= 3, alike * 3 >= records.count * 2, width >= 3 || isRare,
      records.first?.line == found.layout.line,
      !isParted(start, besides: found.layout.delimiter),
      !found.layout.headings.contains(where: holdsDelimiter)
    else { return nil }
    // The parts of a time of day, and of what it is called.
    if found.layout.delimiter == UInt8(ascii: ":"),
      records.dropFirst().contains(where: { $0.texts.allSatisfy { $0.allSatisfy(\.isNumber) } })
    {
      return nil
    }
    return found
  }

  private static func holdsDelimiter(_ text: String) -> Bool {
    text.utf8.contains { HeaderSearch.delimiters.contains($0) }
  }

  /// The best guess in which at least this percentage of the headings is given.
  private static func guess(
    _ start: [UInt8], leastGiven: Int, delimiters: [UInt8] = HeaderSearch.delimiters
  ) -> (score: Int, layout: FileLayout)? {
    var best: (score: Int, layout: FileLayout)?
    for delimiter in delimiters {
      let records = firstRecords(
        in: start, delimiter: delimiter, quote: Dialect().quoteChar, lines: HeaderSearch.mostLines)
      let first = records.first?.texts.count ?? 0
      // Some tools end each record with a delimiter, and not the headings.
      let width = { (texts: [String]) in
        first > 1 && texts.count == first + 1 && texts.last?.isEmpty == true ? first : texts.count
      }
      let widths = Dictionary(grouping: records, by: { width($0.texts) }).mapValues(\.count)
      let common = widths.max {
        ($0.value * ($0.key - 1), $0.key) < ($1.value * ($1.key - 1), $1.key)
      }
      guard let common else { continue }
      let score = common.value * (common.key - 1)
      let fitting = records.filter { width($0.texts) == common.key }
      guard score > best?.score ?? -1,
        let header = fitting.first(where: { looksLikeHeadings($0.texts, leastGiven) })
      else { continue }
      best = (score, FileLayout(delimiter, header.line, header.texts))
    }
    return best
  }

  private init(_ delimiter: UInt8, _ line: Int, _ headings: [String]) {
    self.delimiter = delimiter
    self.line = line
    self.headings = headings
  }

  private static func looksLikeHeadings(_ texts: [String], _ leastGiven: Int) -> Bool {
    let given = texts.filter { !normalHeading($0).isEmpty }
    return given.count * 100 >= texts.count * leastGiven
      && given.allSatisfy { $0.unicodeScalars.contains { $0.properties.isAlphabetic } }
      && !looksLikeRecord(texts)
  }

  /// Whether a line that some table knows by its cells alone has headings, though by its looks they
  /// would stand further up or nowhere.
  ///
  /// A cell of a record may be the heading of a table that has nothing to do with the file, such as
  /// `Team`; the record would be shown in place of the headings.
  static func areHeadings(_ found: Headings, besides guess: FileLayout?) -> Bool {
    guard let guess else {
      return found.score > 1 || found.line == 1 && !looksLikeRecord(found.texts)
    }
    if found.line <= guess.line { return true }
    if found.score < 2 || looksLikeRecord(found.texts) { return false }
    if found.texts.contains(where: isNumberButNoYear) { return false }
    let given = found.texts.filter { !normalHeading($0).isEmpty }
    // A line above that says the same several times, or nothing, has the names of groups of columns.
    let areGroups = Set(guess.headings).count < guess.headings.count
    return areGroups || found.score * 2 >= given.count
  }

  /// Whether a cell is a number; a year may be the heading of a column of figures.
  private static func isNumberButNoYear(_ text: String) -> Bool {
    guard let number = Int(text.filter { !$0.isWhitespace }) else { return false }
    return !(1900...2200).contains(number)
  }

  /// Whether some text, parted by any delimiter, has a cell that is a day or a long number.
  private static func looksLikeRecord(_ texts: [String]) -> Bool {
    texts.contains { text in
      let marks = HeaderSearch.delimiters + rareMarks
      return text.utf8.split(whereSeparator: { marks.contains($0) }).contains { part in
        let cell = Array(part)
        return isDayOrLongNumber(cell.span)
      }
    }
  }

  /// Whether a cell is a day, a moment, or a number of seven digits or more, as a child's is.
  private static func isDayOrLongNumber(_ cell: Span<UInt8>) -> Bool {
    let text = cell.extracting(cell.rangeWithoutSpaces())
    // Every format of dates begins with a digit.
    guard text.count > 0, text.count <= 40, text[0] &- 48 < 10 else { return false }
    var digits = 0
    var others = 0
    for place in text.indices {
      if text[place] &- 48 < 10 { digits += 1 } else if text[place] != .space { others += 1 }
    }
    if others == 0, digits >= 7 { return true }
    return zip(DateCandidates.all, DateCandidates.formats).contains {
      $0.0.type != .time && $0.1?.read(text) != nil
    }
  }
}
