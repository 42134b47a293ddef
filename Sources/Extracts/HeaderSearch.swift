/// Finds the headings of a table in the first lines of a file, and the delimiter with them.
struct HeaderSearch {
  /// How many physical lines are looked at.
  static let mostLines = 50
  /// How many bytes are looked at.
  static let mostBytes = 1 << 20
  /// The delimiters that are tried, in this order.
  static let delimiters: [UInt8] = [
    .comma, UInt8(ascii: ";"), .tab, UInt8(ascii: "|"),
  ]

  let definition: TableDefinition
  private let index: HeadingIndex

  init(_ definition: TableDefinition, _ index: HeadingIndex) {
    self.definition = definition
    self.index = index
  }

  init(_ definition: TableDefinition) { self.init(definition, HeadingIndex(definition)) }

  /// How many lines the search has to see.
  var lines: Int { max(Self.mostLines, definition.dialect.headerRow ?? 0) }

  /// The record with most of the table's headings, under the delimiter that shows most of them.
  ///
  /// Nil where no record looks like the headings.
  func headings(in start: [UInt8]) -> Headings? {
    var best: Headings?
    for delimiter in definition.dialect.delimiter.map({ [$0] }) ?? Self.delimiters {
      if let found = headings(in: start, delimiter), found.score > best?.score ?? 0 { best = found }
    }
    return best
  }

  private func headings(in start: [UInt8], _ delimiter: UInt8) -> Headings? {
    var best: Headings?
    for candidate in records(in: start, delimiter) {
      // Nearly all candidates are records, without any of the headings.
      if definition.dialect.headerRow == nil, !index.hasMore(of: candidate.texts, than: best) {
        continue
      }
      let headings = Headings(
        candidate.texts, line: candidate.line, delimiter: delimiter, index, definition)
      if let row = definition.dialect.headerRow {
        if candidate.line == row { return headings }
      } else if headings.score > best?.score ?? 0, definition.areHeadings(headings) {
        best = headings
      }
    }
    return best
  }

  /// Whether the cells of a line would do as headings.
  func areHeadings(_ texts: [String], _ delimiter: UInt8) -> Bool {
    definition.areHeadings(Headings(texts, line: 1, delimiter: delimiter, index, definition))
  }

  private func records(in start: [UInt8], _ delimiter: UInt8) -> [(line: Int, texts: [String])] {
    firstRecords(
      in: start, delimiter: delimiter, quote: definition.dialect.quoteChar, lines: lines)
  }
}

/// The records that begin on the first lines of a text, without broken ones.
func firstRecords(in start: [UInt8], delimiter: UInt8, quote: UInt8, lines: Int)
  -> [(line: Int, texts: [String])]
{
  var reader = RecordReader(LineBuffer(start, quote: quote), delimiter: delimiter, quote: quote)
  var record = Record()
  var found: [(line: Int, texts: [String])] = []
  // All bytes are in memory, so that reading cannot fail.
  while let step = try? reader.next(&record), step != .end, reader.first.number <= lines {
    if step == .record { found.append((reader.first.number, record.texts)) }
  }
  return found
}
