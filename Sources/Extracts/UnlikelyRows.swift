/// The rows whose first cell shows that they may be no records: totals, or the units of the columns.
///
/// A column that only they leave empty is no key by them, while the one that they add up may seem to
/// be one.
struct UnlikelyRows {
  /// Where the first cell is empty.
  private(set) var empty = FaultPlaces()
  /// Where it begins as a total does, and other rows follow.
  private(set) var totals = FaultPlaces()
  /// Those of which it is not known yet whether others follow.
  private var last: [Int] = []

  /// Takes a row that would be a footer if nothing followed it.
  mutating func take(footer line: Int) { last.append(line) }

  /// Something follows the rows that might have been footers.
  mutating func goOn() {
    for line in last { totals.add(line) }
    last = []
  }

  /// Takes any other row.
  mutating func take(_ record: Record, line: Int, isEmpty: Bool) {
    if isEmpty { return empty.add(line) }
    let cell = record.bytes.span.extracting(record.fields[0].range)
    let text = cell.extracting(cell.rangeWithoutSpaces())
    // Hardly any cell is worth a second look.
    guard text.count > 2, "acegnrst".utf8.contains(text[0] | 0x20) else { return }
    if looksLikeTotal(text.decoded) { totals.add(line) }
  }

  /// What an analyst has to know of them, by the name of the first column and how many rows have it.
  func words(_ name: String, given: Int) -> [String] {
    var words: [String] = []
    if ColumnGuess.fewEmpty ~= empty.count, given > empty.count {
      let what = empty.count == 1 ? "a total or units" : "totals or units"
      words.append("\(name) is empty on \(empty.words): \(what)?")
    }
    if totals.count > 0, given > totals.count * 2 {
      let what = totals.count == 1 ? "a total" : "totals"
      words.append("\(name) begins as totals do on \(totals.words): \(what)?")
    }
    return words
  }
}
