/// A stretch of a long file's text that is read by itself: whole lines, if it has line feeds.
///
/// Offsets count the bytes of the text, which begins after a byte-order mark.
struct TextSegment {
  /// UTF-8.
  var bytes: [UInt8]
  /// Where it begins.
  let start: Int
  /// The bytes of the file that it was made from.
  let inFile: Range<Int>
  /// The encoding of those bytes.
  let encoding: TextEncoding
  /// How many physical lines end before it.
  let linesBefore: Int
  /// Whether a physical line begins with it.
  let startsLine: Bool
  /// How many bytes of the file follow it; 0 only where the file ends with it.
  let bytesBehind: Int
  /// The places in the table's room for the records that begin in it.
  ///
  /// Nil where not enough are left.
  let places: Range<Int>?

  /// Where the next segment begins.
  var end: Int { start + bytes.count }
  /// Whether the file ends with it.
  var isLast: Bool { bytesBehind == 0 }
}
