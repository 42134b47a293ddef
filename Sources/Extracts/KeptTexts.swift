import Values

/// The texts of some rows of a column, in the order of the rows, each distinct text once.
struct KeptTexts: Sendable {
  private var rows: [Int32] = []
  /// Their numbers in the pool, by their place in `rows`.
  private var numbers: [Int32] = []
  /// Nil until a text is kept: most columns keep none.
  private var pool: StringPool?

  /// No texts.
  init() {}

  /// Keeps the text of a row that follows all rows kept so far.
  mutating func keep(_ text: Span<UInt8>, row: Int32) {
    precondition(rows.last.map { $0 < row } ?? true, "texts are kept in the order of their rows")
    rows.append(row)
    numbers.append(pool.number(ofBytes: text))
  }

  /// Keeps the texts of later rows, which begin after this many rows.
  mutating func append(_ later: borrowing KeptTexts, rowsBefore: Int) {
    guard let others = later.pool else { return }
    var translated: [Int32] = []
    others.forEach { _, text in translated.append(pool.number(ofBytes: text)) }
    for row in later.rows { rows.append(row + Int32(rowsBefore)) }
    for number in later.numbers { numbers.append(translated[Int(number)]) }
  }

  /// The text of a row, where one is kept.
  func text(of row: Int) -> String? {
    guard let pool, let row = Int32(exactly: row) else { return nil }
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low] == row ? pool[numbers[low]].string : nil
  }
}

extension StringPool? {
  /// The number of the text in the pool, which is created for the first one.
  fileprivate mutating func number(ofBytes text: Span<UInt8>) -> Int32 {
    if self == nil { self = StringPool() }
    return self?.number(ofBytes: text) ?? 0
  }
}
