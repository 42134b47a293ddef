/// The texts of the last rows of a file, among which footers are looked for.
///
/// A footer that Excel has padded with delimiters reads as a row.
struct LastRows: Sendable {
  struct Row: Sendable {
    var line: Int
    var text: [UInt8]
  }

  /// As many as one export's footers have lines.
  static let most = 4

  private var rows: [Row] = []

  /// Keeps a row, unless it comes before all rows that are kept.
  ///
  /// Rows that wait to be read in a batch arrive after rows that follow them in the file.
  mutating func take(_ text: Span<UInt8>, line: Int) {
    // A row with a quote arrives twice: by itself and with its batch.
    if rows.contains(where: { $0.line == line }) { return }
    guard rows.count == Self.most else {
      var row = Row(line: line, text: [])
      row.text.append(bytes: text)
      return rows.append(row)
    }
    var first = 0
    for place in 1..<rows.count where rows[place].line < rows[first].line { first = place }
    guard line > rows[first].line else { return }
    rows[first].line = line
    rows[first].text.removeAll(keepingCapacity: true)
    rows[first].text.append(bytes: text)
  }

  /// Takes over the last rows of a later part of the file.
  mutating func take(_ later: LastRows) {
    for row in later.rows { take(row.text.span, line: row.line) }
  }

  /// The rows, the last one first.
  var fromTheLast: [Row] { rows.sorted { $0.line > $1.line } }
}
