import Diagnostics

/// Why records are rejected, in words that quote no cell.
enum RejectWords {
  static let aboveHeadings = "it stands above the headings, where no record belongs"

  static let strayQuote =
    "a quote inside a cell that is not in quotes, or text after a closing quote"
  static let afterMark =
    "; a byte-order mark or a Ctrl-Z stands before it, as where files were put together"
  static let unclosedQuote = "a quote that is never closed"
  static let badBytes = "bytes that are no characters in the file's encoding"
  static let tooLong = "too long for a record; only its start is kept"

  static func swallowed(from line: Int) -> String {
    "inside a quoted cell of the record that begins on line \(line): records that stray quotes may hide"
  }

  /// Such as `7 fields where the headings name 8`, with a possible cause.
  ///
  /// `isFooter` says whether one of the footer patterns matches it.
  static func width(
    _ record: Record, of headings: Headings, isTruncated: Bool, isFooter: Bool
  ) -> String {
    let count = record.count
    let words = "\(amount(count, "field")) where the headings name \(headings.width)"
    if isFooter {
      return "\(words): it looks like a total or a footer, and something follows it that is none"
    }
    if looksLikeTotal(record.count == 0 ? "" : record.text(of: 0)) {
      return
        "\(words): it looks like a total or a footer; name it in the footer of the definition's dialect"
    }
    if isTruncated { return "\(words): the file ends here, in the middle of the record" }
    if count == headings.width + 1, record.fields[count - 1].range.isEmpty {
      return "\(words): there is a trailing \(name(headings.delimiter))"
    }
    if count > headings.width {
      return "\(words): perhaps a \(name(headings.delimiter)) in a cell that is not in quotes"
    }
    return "\(words): perhaps a line break in a cell that is not in quotes"
  }

  private static func name(_ delimiter: UInt8) -> String {
    switch delimiter {
    case .comma: "comma"
    case UInt8(ascii: ";"): "semicolon"
    case .tab: "tab"
    default: "“\(Character(Unicode.Scalar(delimiter)))”"
    }
  }
}
