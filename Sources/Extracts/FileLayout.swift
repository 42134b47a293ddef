/// Where the headings of a file are and what parts its fields.
struct FileLayout {
  let delimiter: UInt8
  let line: Int
  let headings: [String]

  init(_ headings: Headings) {
    delimiter = headings.delimiter
    line = headings.line
    self.headings = headings.texts
  }

  /// As the first lines look without any table definition; nil where nothing looks like headings.
  ///
  /// The delimiter is the one under which most records are wide and of one width, the headings the
  /// first record of that width in which hardly a cell is empty and none is a number or a date.
  /// Where under none of them more than one field is to be had so, as many as will may be empty.
  init?(guessedFrom start: [UInt8]) {
    var best = FileLayout.guess(start, leastGiven: 80)
    if best?.score ?? 0 == 0 { best = FileLayout.guess(start, leastGiven: 1) ?? best }
    guard let best else { return nil }
    self = best.layout
  }

  /// The best guess, at least so many in a hundred of whose headings are given.
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
