import CFieldScan

// The one file that calls the vector scan and its like. What makes its pointers sound: the scan
// reads only the bytes of the span that was lent, writes at most as many fields as there is room
// for, and keeps no pointer.

extension Span<UInt8> {
  /// How many of the bytes are this one.
  func count(of byte: UInt8) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return 0 }
      return unsafe casecheck_count(start, bytes.count, byte)
    }
  }

  /// The first place at or after `start` that holds a byte other than ASCII 1 to 127; the count
  /// where none does.
  func firstIndexOfOther(from start: Int) -> Int {
    unsafe withUnsafeBufferPointer { bytes in
      guard start < bytes.count, let base = bytes.baseAddress else { return bytes.count }
      return unsafe start + Int(casecheck_first_other(base + start, bytes.count - start))
    }
  }

  /// What is to be known of bytes before they are parted into records.
  func look(quote: UInt8) -> ByteLook {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return ByteLook() }
      let look = unsafe casecheck_look_at(start, bytes.count, quote)
      return ByteLook(
        lineEnds: Int(look.line_ends), quotes: Int(look.quotes), isASCII: look.is_ascii != 0)
    }
  }

  /// Mixes the bytes into a sum that all but certainly differs where one of them does.
  func mixed(into sum: UInt64) -> UInt64 {
    unsafe withUnsafeBufferPointer { bytes in
      guard let start = bytes.baseAddress else { return sum }
      return unsafe casecheck_mixed(start, bytes.count, sum)
    }
  }
}

/// What stands in some bytes.
struct ByteLook: Hashable {
  /// Lines that end in LF, CRLF or a lone CR; a CR that is the last byte is not counted.
  var lineEnds = 0
  var quotes = 0
  /// Whether all bytes are ASCII 1 to 127.
  var isASCII = true
}

extension Record {
  /// Takes the line that the bytes start with, where it holds no quote and its end is there;
  /// returns its length without and with its line end, or nil where it is for libcsv to say.
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

  /// Lends the places of the fields to be written.
  private mutating func withRoomForFields(
    _ write: (UnsafeMutableBufferPointer<casecheck_field>) -> casecheck_line
  ) -> casecheck_line {
    unsafe fields.withUnsafeMutableBytes { raw in
      // A `Field` is two `Int32`, as there.
      unsafe write(raw.bindMemory(to: casecheck_field.self))
    }
  }
}

/// Where plain lines are looked for, and what they must be like.
struct RowSearch {
  let delimiter: UInt8
  let quote: UInt8
  /// From where on no line is begun, and the most bytes that one may have.
  let before: Int
  let longest: Int
}

extension RowBatch {
  /// Adds the plain lines from a place of the bytes on, until one is none or the batch is full;
  /// returns how many, and where the line after them starts.
  ///
  /// The bytes are those from `origin` on.
  mutating func takeRows(of bytes: Span<UInt8>, from start: Int, _ search: RowSearch)
    -> (rows: Int, next: Int)
  {
    let (count, width, room) = (count, width, most - count)
    guard room > 0, width > 0 else { return (0, start) }
    return unsafe bytes.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return (0, start) }
      return unsafe fields.withUnsafeMutableBytes { raw in
        // A `Field` is two `Int32`, as there; the batch has places for `most` records.
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
