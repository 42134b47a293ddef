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
  /// nothing looks like headings.
  init?(guessedFrom start: [UInt8]) {
    var best = FileLayout.guess(start, leastGiven: 80)
    if best?.score ?? 0 == 0 { best = FileLayout.guess(start, leastGiven: 1) ?? best }
    guard let best else { return nil }
    self = best.layout
  }

  /// The best guess in which at least this percentage of the headings is given.
  private static func guess(_ start: [UInt8], leastGiven: Int) -> (score: Int, layout: FileLayout)?
  {
    var best: (score: Int, layout: FileLayout)?
    for delimiter in HeaderSearch.delimiters {
      let records = firstRecords(
        in: start, delimiter: delimiter, quote: Dialect().quoteChar, lines: HeaderSearch.mostLines)
      let widths = Dictionary(grouping: records, by: \.texts.count).mapValues(\.count)
      let common = widths.max {
        ($0.value * ($0.key - 1), $0.key) < ($1.value * ($1.key - 1), $1.key)
      }
      guard let common else { continue }
      let score = common.value * (common.key - 1)
      let fitting = records.filter { $0.texts.count == common.key }
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
  }
}
