/// The fields of one record, unquoted, as UTF-8 bytes.
///
/// It is reused for each record, so that none allocates.
struct Record: Sendable {
  /// Where a field is in `bytes`.
  struct Field: Hashable, Sendable {
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// The bytes of all fields; those from `byteCount` onwards are left over from longer records.
  var bytes: [UInt8] = Array(repeating: 0, count: 4096)
  var byteCount = 0
  /// The fields, from the left; those from `count` onwards are left over from longer records.
  var fields: [Field] = Array(repeating: Field(start: 0, end: 0), count: 64)
  /// How many fields there are.
  var count = 0
  /// Whether the end of the record has been reached.
  var isComplete = false

  /// Prepares it for the next record.
  mutating func clear() {
    byteCount = 0
    count = 0
    isComplete = false
  }

  /// Adds a field that ends with the last byte so far.
  @inline(__always)
  mutating func addField(from start: Int, to end: Int) {
    let field = Field(
      start: Int32(truncatingIfNeeded: start), end: Int32(truncatingIfNeeded: end))
    if count < fields.count { fields[count] = field } else { fields.append(field) }
    count &+= 1
  }

  /// Makes room for this many more bytes and counts them; returns where they begin.
  @inline(__always)
  mutating func makeRoom(for more: Int) -> Int {
    let start = byteCount
    byteCount += more
    if byteCount > bytes.count {
      bytes.append(contentsOf: repeatElement(0, count: byteCount * 2 - bytes.count))
    }
    return start
  }

  /// The text of a field; invalid UTF-8 becomes U+FFFD.
  func text(of field: Int) -> String {
    bytes.span.extracting(fields[field].range).decoded
  }

  /// The texts of all fields.
  var texts: [String] { (0..<count).map { text(of: $0) } }

  /// How many physical lines end within the field.
  func lineEnds(_ field: Int) -> Int {
    let cell = bytes.span.extracting(fields[field].range)
    var count = 0
    for place in cell.indices {
      let byte = cell[place]
      let isBeforeFeed = place + 1 < cell.count && cell[place + 1] == .lineFeed
      if byte == .lineFeed || (byte == .carriageReturn && !isBeforeFeed) { count += 1 }
    }
    return count
  }

  /// Whether the field's bytes hold a line end.
  func spansLines(_ field: Int) -> Bool {
    let cell = bytes.span.extracting(fields[field].range)
    return cell.firstIndex(of: .lineFeed, from: 0) < cell.count
      || cell.firstIndex(of: .carriageReturn, from: 0) < cell.count
  }
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")
  static let space = UInt8(ascii: " ")
  static let comma = UInt8(ascii: ",")
}
