/// A JSON text (RFC 8259) under construction; members keep the order in which they are given.
enum JSONValue {
  case null
  case bool(Bool)
  case int(Int)
  /// A number as it is to be written; the caller guarantees that it is one.
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// A figure from a list; null if the cell is empty, a string if it is not a number.
  static func figure(_ cell: String) -> JSONValue {
    if cell.isEmpty { return .null }
    return isPlainNumber(cell) && !cell.hasPrefix("+") && !hasIdleZero(cell)
      ? .number(cell) : .string(cell)
  }

  static func strings(_ texts: [String]) -> JSONValue { .array(texts.map(JSONValue.string)) }

  /// A string; null if it is empty because there is none.
  static func optional(_ text: String) -> JSONValue { text.isEmpty ? .null : .string(text) }

  static func optional(_ number: Int?) -> JSONValue { number.map(JSONValue.int) ?? .null }

  /// JSON has no numbers such as `007`.
  private static func hasIdleZero(_ cell: String) -> Bool {
    let digits = cell.utf8.drop { $0 == UInt8(ascii: "-") }
    return digits.first == UInt8(ascii: "0") && digits.count > 1
      && digits.dropFirst().first != UInt8(ascii: ".")
  }
}
