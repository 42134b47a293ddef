import CFieldScan

// The one file that calls the vector scan and its relatives. Its pointers are sound because the
// scan reads only the bytes of the span lent to it, writes at most as many fields as there is room
// for, and keeps no pointer.

extension Span<UInt8> {
  /// How many of the bytes equal this one.
  func count(of byte: UInt8) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe casecheck_count(start, bytes.count, byte)
    }
  }

  /// The first place from `start` that holds a byte other than ASCII 1 to 127.
  ///
  /// It is the count where there is none.
  func firstIndexOfOther(from start: Int) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return bytes.count }
      return unsafe start + Int(casecheck_first_other(base + start, bytes.count - start))
    }
  }

  /// What has to be known of bytes before they are split into records.
  func look(quote: UInt8) -> ByteLook {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return ByteLook() }
      let look = unsafe casecheck_look_at(start, bytes.count, quote)
      return ByteLook(
        lineEnds: Int(look.line_ends), quotes: Int(look.quotes), isASCII: look.is_ascii != 0)
    }
  }

  /// Mixes the bytes into a sum that almost certainly changes if one of them does.
  func mixed(into sum: UInt64) -> UInt64 {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return sum }
      return unsafe casecheck_mixed(start, bytes.count, sum)
    }
  }
}

extension Span<UInt8> {
  /// The sum of the first records of some whose fields lie among the bytes, in any order.
  ///
  /// `seeds` has one for each column.
  func recordSum(of fields: [Record.Field], rows: Int, seeds: [UInt64]) -> UInt64 {
    precondition(rows * seeds.count <= fields.count, "fewer fields than the records have")
    return unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe fields.withUnsafeBytes { raw in
        // A `Field` is two `Int32`, like a `casecheck_field`.
        let places = unsafe raw.bindMemory(to: casecheck_field.self)
        return unsafe seeds.withUnsafeBufferPointer { seeds in
          unsafe casecheck_record_sum(
            start, bytes.count, places.baseAddress, UInt32(rows), UInt32(seeds.count),
            seeds.baseAddress)
        }
      }
    }
  }
}

/// What some bytes contain.
struct ByteLook: Hashable {
  /// Lines that end in LF, CRLF or a lone CR; a CR that is the last byte is not counted.
  var lineEnds = 0
  var quotes = 0
  /// Whether all bytes are ASCII 1 to 127.
  var isASCII = true
}

extension Record {
  /// Takes the line at the start of the bytes, if it has no quote and its end is there.
  ///
  /// Returns its length without and with its line end, or nil where libcsv has to decide.
  mutating func takePlainLine(of bytes: Span<UInt8>, delimiter: UInt8, quote: UInt8)
    -> (length: Int, next: Int)?
  {
    let line = unsafe bytes.withUnsafeBufferPointer { bytes -> casecheck_line? in
      guard let start = bytes.baseAddress else { return nil }
      return unsafe withRoomForFields { fields in
        unsafe casecheck_scan_line(
          start, bytes.count, delimiter, quote, fields.baseAddress, UInt32(fields.count))
      }
    }
    guard let line, line.outcome == casecheck_plain else { return nil }
    let length = Int(line.length)
    take(bytes.extracting(first: length), fields: Int(line.fields))
    return (length, Int(line.next))
  }

  /// Lends the memory into which the places of the fields are written.
  private mutating func withRoomForFields(
    _ write: (UnsafeMutableBufferPointer<casecheck_field>) -> casecheck_line
  ) -> casecheck_line {
    unsafe fields.withUnsafeMutableBytes { raw in
      // A `Field` is two `Int32`, like a `casecheck_field`.
      unsafe write(raw.bindMemory(to: casecheck_field.self))
    }
  }
}

/// Where plain lines are searched for, and what they must be like.
struct RowSearch {
  let delimiter: UInt8
  let quote: UInt8
  /// The place from which no line may begin, and the most bytes that a line may have.
  let before: Int
  let longest: Int
}

extension RowBatch {
  /// Adds the plain lines from a place onwards, until one is not plain or the batch is full.
  ///
  /// Returns how many there were, and where the line after them starts. The bytes begin at
  /// `origin`.
  mutating func takeRows(of bytes: Span<UInt8>, from start: Int, _ search: RowSearch)
    -> (rows: Int, next: Int)
  {
    let (count, width, room) = (count, width, most - count)
    guard room > 0, width > 0 else { return (0, start) }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return (0, start) }
      return unsafe fields.withUnsafeMutableBytes { raw in
        // A `Field` is two `Int32`, like a `casecheck_field`; the batch has places for `most`
        // records.
        let places = unsafe raw.bindMemory(to: casecheck_field.self)[(count * width)...]
        var next = 0
        var rows = unsafe casecheck_rows(
          bytes: base, from: start, count: bytes.count, before: search.before,
          longest: search.longest, width: UInt32(width), most: UInt32(room),
          delimiter: search.delimiter, quote: search.quote,
          fields: UnsafeMutableBufferPointer(rebasing: places).baseAddress)
        let found = unsafe casecheck_scan_rows(&rows, &next)
        return (Int(found), next)
      }
    }
  }
}
