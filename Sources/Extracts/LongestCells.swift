/// The longest cells of each column of a file.
///
/// Where an export cut texts off, they pile up at one length.
struct LongestCells {
  /// The cells of one column that have its greatest length.
  private struct Pile {
    var length = Int(LongestCells.shortest)
    var count = 0
    var places = FaultPlaces()
    /// Sums of the first few texts, to tell one text that is repeated from many that were cut.
    var sums: Set<UInt64> = []

    mutating func append(_ later: Pile) {
      if later.length < length { return }
      if later.length > length { return self = later }
      count += later.count
      places.append(later.places)
      sums.formUnion(later.sums)
    }

    mutating func take(_ cell: Span<UInt8>, length new: Int, line: Int) {
      if new < length { return }
      if new > length { self = Pile(length: new) }
      count += 1
      places.add(line)
      if sums.count < LongestCells.enough { sums.insert(cell.mixed(into: 0)) }
    }
  }

  /// Lengths, in characters or bytes, at which databases, report tools and spreadsheets cut texts
  /// off.
  private static let usual: Set<Int> = [
    250, 254, 255, 256, 500, 511, 512, 1000, 1023, 1024, 2000, 2047, 2048, 4000, 4095, 4096, 8000,
    8191, 8192,
    16_383, 32_000, 32_765, 32_766, 32_767, 65_535,
  ]
  /// No export cuts shorter texts, so that a record with fewer bytes need not be looked at.
  static let shortest: Int32 = 250
  /// This many distinct texts of one greatest length are no coincidence, whatever the length.
  private static let enough = 5

  private var characters: [Pile]
  private var bytes: [Pile]

  init(columns: Int) {
    characters = Array(repeating: Pile(), count: columns)
    bytes = characters
  }

  /// Counts a record of at least `shortest` bytes.
  mutating func take(_ record: borrowing Record, line: Int) {
    let span = record.bytes.span
    for column in 0..<min(record.count, characters.count) {
      take(column, span, record.fields[column].range, line: line)
    }
  }

  /// Counts a record of a batch, of at least `shortest` bytes.
  mutating func take(_ batch: borrowing RowBatch, _ row: Int, _ bytes: Span<UInt8>) {
    let fields = batch.fields.span
    let first = row * batch.width
    for column in 0..<min(batch.width, characters.count) {
      let field = fields[first &+ column]
      if field.end &- field.start < Self.shortest { continue }
      take(column, bytes, field.range, line: Int(batch.lines[row]))
    }
  }

  @inline(__always)
  private mutating func take(_ column: Int, _ span: Span<UInt8>, _ range: Range<Int>, line: Int) {
    // A cell never has more characters than bytes.
    if range.count < characters[column].length { return }
    let cell = span.extracting(range)
    characters[column].take(cell, length: cell.codePointCount, line: line)
    bytes[column].take(cell, length: range.count, line: line)
  }

  /// Adds what later records of the same columns hold.
  mutating func append(_ later: LongestCells) {
    for column in characters.indices {
      characters[column].append(later.characters[column])
      bytes[column].append(later.bytes[column])
    }
  }

  /// What to say about a column; nil where its lengths are those of ordinary texts.
  func words(column: Int, name: String) -> String? {
    for (pile, unit) in [(characters[column], "characters"), (bytes[column], "bytes")] {
      let isUsual = Self.usual.contains(pile.length)
      guard pile.sums.count >= (isUsual ? 2 : Self.enough) else { continue }
      return
        "\(name): \(pile.count) texts have exactly \(pile.length) \(unit) (\(pile.places.words)), and none "
        + "has more: the export seems to cut texts off there. Have it export them whole."
    }
    return nil
  }
}

extension FileRun {
  /// Reports which columns seem cut, and starts again.
  ///
  /// It is called at the end of a file, and where the columns change.
  mutating func closeLongest(_ definition: TableDefinition) {
    for column in 0..<headings.width {
      let name = headings.fields[column].map { definition.fields[$0].name }
      let shown = name ?? "the column “\(headings.texts[column])”"
      if let words = longest.words(column: column, name: shown) { report.remarks.append(words) }
    }
    longest = LongestCells(columns: 0)
  }
}
