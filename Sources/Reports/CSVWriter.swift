import Exceptions

/// Rows of CSV as in RFC 4180, in UTF-8 with line feeds, in one array of bytes.
///
/// NUL is left out of every cell: C programs take it for the end of the text and would show part of
/// a cell as the whole. All other characters are written as they are.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isAtRowStart = true

  /// Writes a cell that a spreadsheet takes as text, never as a formula.
  mutating func text(_ text: String) {
    separate()
    if isFormula(text) {
      append("'" + text)
    } else {
      append(text)
    }
  }

  /// Writes a cell that a spreadsheet takes as text; `write` appends its UTF-8 to the rows so far.
  mutating func cell(_ write: (inout [UInt8]) -> Void) {
    separate()
    let start = bytes.count
    write(&bytes)
    endCell(from: start)
  }

  /// Writes a cell that a spreadsheet takes as text, from a range of UTF-8 bytes.
  mutating func cell(_ text: [UInt8], _ range: Range<Int>) {
    separate()
    if range.isEmpty { return }
    let start = bytes.count
    bytes.append(copying: text.span.extracting(range))
    endCell(from: start)
  }

  private mutating func endCell(from start: Int) {
    guard start < bytes.count else { return }
    // For nearly all cells the first byte shows that they are not formulas.
    if mayBeFormula(bytes[start]) {
      let text = String(decoding: bytes[start...], as: UTF8.self)
      bytes.removeSubrange(start...)
      return append(isFormula(text) ? "'" + text : text)
    }
    let need = Need(of: bytes.span.extracting(start..<bytes.count))
    if need.changes {
      change(from: start, quotes: need.quotes)
    } else if need.quotes {
      bytes.insert(quote, at: start)
      bytes.append(quote)
    }
  }

  /// Appends cells that are already written, with the separator before them.
  mutating func cells(_ written: [UInt8]) {
    separate()
    bytes.append(copying: written.span)
  }

  /// Doubles the quotes in the last cell and leaves out NUL.
  private mutating func change(from start: Int, quotes: Bool) {
    var count = 0
    var zeros = 0
    for place in start..<bytes.count {
      if bytes[place] == quote { count += 1 }
      if bytes[place] == 0 { zeros += 1 }
    }
    if zeros > 0 { bytes.replaceSubrange(start..., with: bytes[start...].filter { $0 != 0 }) }
    guard quotes else { return }
    let old = bytes.count
    bytes.append(contentsOf: repeatElement(quote, count: count + 2))
    var span = bytes.mutableSpan
    // Backwards, so that nothing unread is overwritten.
    var place = span.count - 2
    for read in stride(from: old - 1, through: start, by: -1) {
      let byte = span[read]
      span[place] = byte
      place -= 1
      if byte == quote {
        span[place] = quote
        place -= 1
      }
    }
    span[place] = quote
  }

  /// Writes a cell of casecheck's own words unchanged.
  mutating func plain(_ text: String) {
    separate()
    append(text)
  }

  /// Writes a number, or an empty cell.
  mutating func number(_ number: Int?) {
    separate()
    guard let number else { return }
    guard (0..<10_000_000).contains(number) else {
      return bytes.append(contentsOf: String(number).utf8)
    }
    var digits = InlineArray<7, UInt8>(repeating: 0)
    var first = 7
    var rest = UInt32(truncatingIfNeeded: number)
    repeat {
      first -= 1
      digits[first] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    } while rest > 0
    for place in first..<7 { bytes.append(digits[place]) }
  }

  /// Writes an empty cell.
  mutating func empty() { separate() }

  /// Writes words into one cell, joined by single spaces.
  mutating func words(_ words: [String]) {
    if words.count < 2 { text(words.first ?? "") } else { text(words.joined(separator: " ")) }
  }

  /// Writes a row of casecheck's own words.
  mutating func row(_ cells: [String]) {
    for cell in cells { plain(cell) }
    endRow()
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(lineFeed)
    isAtRowStart = true
  }

  /// An empty list with room for this many bytes.
  init(room: Int = 0) {
    bytes.reserveCapacity(room)
  }

  private mutating func separate() {
    if isAtRowStart { isAtRowStart = false } else { bytes.append(comma) }
  }

  private mutating func append(_ text: String) {
    let need = Need(of: text)
    if need.quotes { bytes.append(quote) }
    if need.changes {
      for byte in text.utf8 where byte != 0 {
        if byte == quote { bytes.append(quote) }
        bytes.append(byte)
      }
    } else {
      bytes.append(contentsOf: text.utf8)
    }
    if need.quotes { bytes.append(quote) }
  }
}

/// What a text needs before it can be a cell.
private struct Need {
  var quotes = false
  /// Whether any bytes must be doubled or left out.
  var changes = false

  init(of text: String) { self.init(of: text.utf8Span.span) }

  init(of bytes: Span<UInt8>) {
    guard let last = bytes.indices.last else { return }
    // Readers disagree on whether blanks at either end belong to an unquoted cell.
    quotes = isBlank(bytes[0]) || isBlank(bytes[last])
    for index in bytes.indices {
      let byte = bytes[index]
      // Every byte that matters is at or below the comma, so one comparison settles nearly all
      // others.
      if byte > comma { continue }
      switch byte {
      case comma, lineFeed, carriageReturn: quotes = true
      case quote: (quotes, changes) = (true, true)
      case 0: changes = true
      default: break
      }
    }
  }
}

private let comma = UInt8(ascii: ",")
private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

private func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}
