/// Rows of CSV as RFC 4180 has them, in UTF-8 and with line feeds, in one array of bytes.
///
/// NUL is left out of every cell: programs in C take it for the end of the text and would show a part
/// of a cell as the whole. All other characters are written as they are.
struct CSVWriter {
  private(set) var bytes: [UInt8] = []
  private var isAtRowStart = true

  /// Writes a cell that a spreadsheet takes for text, never for a formula.
  mutating func text(_ text: String) {
    separate()
    if isFormula(text) {
      append("'" + text)
    } else {
      append(text)
    }
  }

  /// Writes a cell of our own words as it is.
  mutating func plain(_ text: String) {
    separate()
    append(text)
  }

  /// Writes a number, or an empty cell.
  mutating func number(_ number: Int?) {
    separate()
    if let number { bytes.append(contentsOf: String(number).utf8) }
  }

  /// Writes words joined by single spaces into one cell.
  mutating func words(_ words: [String]) {
    if words.count < 2 { text(words.first ?? "") } else { text(words.joined(separator: " ")) }
  }

  /// Writes a row of our own words.
  mutating func row(_ cells: [String]) {
    for cell in cells { plain(cell) }
    endRow()
  }

  /// Ends the row.
  mutating func endRow() {
    bytes.append(lineFeed)
    isAtRowStart = true
  }

  /// Adds rows that have been written already.
  mutating func append(_ rows: [UInt8]) { bytes.append(contentsOf: rows) }

  /// Makes room for so many rows of a usual length, which saves copying a long list as it grows.
  mutating func reserve(rows: Int) {
    bytes.reserveCapacity(bytes.count + 300 * rows)
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

/// What has to be done to a text before it can be a cell.
private struct Need {
  var quotes = false
  /// Whether there are bytes to double or to leave out.
  var changes = false

  init(of text: String) {
    let bytes = text.utf8Span.span
    guard let last = bytes.indices.last else { return }
    // Readers differ on whether blanks at an end belong to a cell without quotes.
    quotes = isBlank(bytes[0]) || isBlank(bytes[last])
    for index in bytes.indices {
      let byte = bytes[index]
      // Every byte that matters is at or below the comma: one comparison passes nearly all by.
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
