/// Records that have been found and split but not read, enough to read each column at one go.
///
/// For each record it holds its line, and where its fields are among the bytes of the `LineBuffer`.
struct RowBatch {
  /// The most records at a time, so that their bytes are still in the cache when columns are read.
  let most: Int
  /// How many fields each has.
  let width: Int
  /// The places of the fields, record after record, counted from `origin`.
  var fields: [Record.Field]
  /// The physical lines on which they start.
  var lines: [Int32] = []
  /// The offset, in the decoded text, from which the places count.
  var origin = 0

  init(width: Int) {
    self.width = width
    // Headings that somebody made a million of must not exhaust the memory.
    most = max(1, min(256, 65_536 / max(width, 1)))
    fields = Array(repeating: Record.Field(start: 0, end: 0), count: width * most)
    lines.reserveCapacity(most)
  }

  var count: Int { lines.count }
  var isEmpty: Bool { lines.isEmpty }
  var isFull: Bool { lines.count == most }

  /// Whether the bytes up to an offset are within reach: places are small numbers.
  func reaches(_ offset: Int) -> Bool { offset - origin < 1 << 30 }

  /// The place of a field of a record.
  func range(_ row: Int, _ column: Int) -> Range<Int> { fields[row * width + column].range }

  /// How many bytes a record has, its delimiters included.
  func length(_ row: Int) -> Int {
    let last = fields[row * width + width - 1]
    return Int(last.end - fields[row * width].start)
  }

  /// Adds a record whose fields follow each other from an offset.
  mutating func add(_ record: borrowing Record, at offset: Int, line: Int) {
    let start = Int32(truncatingIfNeeded: offset - origin)
    let places = record.fields.span
    let base = count * width
    for column in 0..<width {
      fields[base + column] = Record.Field(
        start: places[column].start + start, end: places[column].end + start)
    }
    lines.append(Int32(truncatingIfNeeded: line))
  }

  /// Counts records whose fields' places have already been written.
  mutating func add(rows: Int, firstLine: Int) {
    for row in 0..<rows { lines.append(Int32(truncatingIfNeeded: firstLine + row)) }
  }

  mutating func removeAll() { lines.removeAll(keepingCapacity: true) }
}
