/// The fields of one record, unquoted, as UTF-8 bytes. Used again for each record, so that none allocates.
struct Record: Sendable {
  /// Where a field stands in `bytes`.
  struct Field: Hashable, Sendable {
    var start: Int32
    var end: Int32

    var range: Range<Int> { Int(start)..<Int(end) }
  }

  /// The bytes of all fields.
  var bytes: [UInt8] = []
  /// The fields, from the left.
  var fields: [Field] = []
  /// Whether the record has come to its end.
  var isComplete = false

  /// How many fields there are.
  var count: Int { fields.count }

  /// Makes it ready for the next record.
  mutating func clear() {
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    isComplete = false
  }

  /// The text of a field; wrong UTF-8 becomes U+FFFD.
  func text(of field: Int) -> String {
    bytes.span.extracting(fields[field].range).decoded
  }

  /// The texts of all fields.
  var texts: [String] { fields.indices.map { text(of: $0) } }

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
