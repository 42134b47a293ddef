import CZlib

/// Checks whether the parts of a finished workbook are complete.
///
/// libxlsxwriter keeps each part in a temporary file and does not notice if writing it fails. On a
/// full disk it packs what there is, and the last rows are silently lost. Each part is XML, so one
/// that was cut off lacks the ends of its elements.
///
/// Every `unsafe` lends bytes of an array to zlib, which does not keep them beyond the block that
/// lends them.
struct WorkbookParts {
  private let book: [UInt8]

  init(_ book: [UInt8]) { self.book = book }

  /// How many cells the sheets have; nil if a part is incomplete.
  ///
  /// Reads the archive's own list of parts (APPNOTE.TXT 4.3.12, 4.3.16), and each part to its end.
  /// The cells are counted because bytes lost in the middle of a part may contain as many ends of
  /// elements as beginnings.
  var cells: Int? {
    guard let end = endOfDirectory, number(end + 10, bytes: 2) > 0 else { return nil }
    var sum = 0
    var entry = number(end + 16, bytes: 4)
    for _ in 0..<number(end + 10, bytes: 2) {
      guard number(entry, bytes: 4) == 0x0201_4B50 else { return nil }
      let packed = number(entry + 20, bytes: 4)
      let header = number(entry + 42, bytes: 4)
      let start = header + 30 + number(header + 26, bytes: 2) + number(header + 28, bytes: 2)
      guard start <= book.count, packed <= book.count - start,
        let found = cells(in: book[start..<start + packed], size: number(entry + 24, bytes: 4))
      else { return nil }
      sum += found
      entry += 46 + number(entry + 28, bytes: 2) + number(entry + 30, bytes: 2)
      entry += number(entry + 32, bytes: 2)
    }
    return sum
  }

  /// The position of the record that ends the archive; libxlsxwriter adds no comment after it.
  private var endOfDirectory: Int? {
    let place = book.count - 22
    return place >= 0 && number(place, bytes: 4) == 0x0605_4B50 ? place : nil
  }

  /// A little-endian number in the archive; 0 outside it.
  private func number(_ place: Int, bytes: Int) -> Int {
    guard place >= 0, place + bytes <= book.count else { return 0 }
    return book[place..<place + bytes].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  private func cells(in packed: ArraySlice<UInt8>, size: Int) -> Int? {
    var elements = ElementCount()
    var input = Array(packed)
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    var unpacked = 0
    var stream = unsafe z_stream()
    // Negative window bits, because the data in an archive have no zlib header.
    guard
      unsafe inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { unsafe _ = inflateEnd(&stream) }
    return unsafe input.withUnsafeMutableBufferPointer { input in
      unsafe stream.next_in = input.baseAddress
      unsafe stream.avail_in = UInt32(input.count)
      while true {
        let (status, count) = unsafe piece.withUnsafeMutableBufferPointer { piece in
          unsafe stream.next_out = piece.baseAddress
          unsafe stream.avail_out = UInt32(piece.count)
          let status = unsafe inflate(&stream, Z_NO_FLUSH)
          return unsafe (status, piece.count - Int(stream.avail_out))
        }
        elements.take(piece[..<count])
        unpacked += count
        if status == Z_STREAM_END {
          return unpacked == size && elements.areClosed ? elements.cells : nil
        }
        guard status == Z_OK else { return nil }
      }
    }
  }
}

/// Counts the open elements of an XML text.
///
/// Within texts and attributes `<` and `>` are escaped.
struct ElementCount {
  private var open = 0
  private var hasAny = false
  private var last: UInt8 = 0
  private var mayBeCell = false
  /// How many elements are cells of a sheet: `<c r="A1">`.
  private(set) var cells = 0

  /// Processes the next bytes of the text.
  mutating func take(_ bytes: ArraySlice<UInt8>) {
    for byte in bytes {
      if mayBeCell, byte == UInt8(ascii: " ") { cells += 1 }
      mayBeCell = byte == UInt8(ascii: "c") && last == UInt8(ascii: "<")
      if last == UInt8(ascii: "<") {
        switch byte {
        case UInt8(ascii: "/"): open -= 1
        case UInt8(ascii: "?"), UInt8(ascii: "!"): break
        default:
          open += 1
          hasAny = true
        }
      } else if byte == UInt8(ascii: ">"), last == UInt8(ascii: "/") {
        open -= 1
      }
      if byte > 0x20 { last = byte }
    }
  }

  /// Whether the text is complete: every element has been closed.
  var areClosed: Bool { hasAny && open == 0 && last == UInt8(ascii: ">") }
}
