import CLibCSV

// The one file that owns libcsv (3.0.3, `man csv`). Its pointers are sound because the parser is in
// a heap cell of its own, which is freed once, in `deinit`; the pointer to the record is to an
// `inout` argument that libcsv uses only during the call; and the field's bytes are copied in the
// callback.

/// Splits records, line by line, strictly as RFC 4180 defines them.
///
/// A quote may only surround a field, or be doubled within one.
@safe
struct RecordParser: ~Copyable {
  /// The outcome of the bytes of one physical line.
  enum Outcome {
    /// The record ended with the line.
    case complete
    /// The line ended within quotes, or the file ended without a line end.
    case open
    /// There was a quote in an unquoted field, or text after a closing quote.
    ///
    /// The parser has been reset.
    case broken
  }

  private let parser: UnsafeMutablePointer<csv_parser>
  private let delimiter: UInt8
  private let quote: UInt8

  init(delimiter: UInt8, quote: UInt8) {
    self.delimiter = delimiter
    self.quote = quote
    unsafe parser = .allocate(capacity: 1)
    unsafe parser.initialize(to: csv_parser())
    begin()
  }

  deinit {
    unsafe csv_free(parser)
    unsafe parser.deallocate()
  }

  private func begin() {
    // It fails only for a null pointer.
    _ = unsafe csv_init(parser, UInt8(CSV_STRICT | CSV_STRICT_FINI))
    unsafe csv_set_delim(parser, delimiter)
    unsafe csv_set_quote(parser, quote)
    // With libcsv's default of 128 bytes, a long note would be moved thousands of times.
    unsafe csv_set_blk_size(parser, 4096)
    // Otherwise libcsv would strip the spaces that texts keep.
    unsafe csv_set_space_func(parser) { _ in 0 }
  }

  /// Frees what a half-read record holds, as libcsv cannot continue after an error.
  private func beginAgain() {
    unsafe csv_free(parser)
    begin()
  }

  /// Reads one physical line, or the rest of one, with its line end, into the record.
  func parse(_ line: Span<UInt8>, into record: inout Record) -> Outcome {
    let read = unsafe line.withUnsafeBytes { bytes in
      unsafe withUnsafeMutablePointer(to: &record) { record in
        unsafe csv_parse(parser, bytes.baseAddress, bytes.count, takeField, takeRow, record)
      }
    }
    guard read == line.count else {
      beginAgain()
      return .broken
    }
    return record.isComplete ? .complete : .open
  }

  /// Ends a record at the end of the file; `.open` where that is within quotes.
  func finish(_ record: inout Record) -> Outcome {
    let status = unsafe withUnsafeMutablePointer(to: &record) { record in
      unsafe csv_fini(parser, takeField, takeRow, record)
    }
    if status == 0, record.isComplete { return .complete }
    beginAgain()
    return .open
  }

  /// Abandons a record before its end.
  func abandon() { beginAgain() }
}

private func takeField(
  _ bytes: UnsafeMutableRawPointer?, _ count: Int, _ context: UnsafeMutableRawPointer?
) {
  guard let record = unsafe context?.assumingMemoryBound(to: Record.self) else { return }
  let field = unsafe UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
  let start = unsafe record.pointee.append(field)
  unsafe record.pointee.addField(from: start, to: start + (bytes == nil ? 0 : count))
}

private func takeRow(_ terminator: Int32, _ context: UnsafeMutableRawPointer?) {
  guard let record = unsafe context?.assumingMemoryBound(to: Record.self) else { return }
  unsafe record.pointee.isComplete = true
}
