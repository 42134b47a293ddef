import Diagnostics

extension JSONValue {
  /// The text in UTF-8, indented by two spaces a level, with a line feed at the end.
  var bytes: [UInt8] {
    var text: [UInt8] = []
    write(to: &text, level: 0)
    text.append(UInt8(ascii: "\n"))
    return text
  }

  private func write(to text: inout [UInt8], level: Int) {
    switch self {
    case .null: text.append(contentsOf: "null".utf8)
    case .bool(let value): text.append(contentsOf: (value ? "true" : "false").utf8)
    case .int(let value): text.append(contentsOf: String(value).utf8)
    case .number(let digits): text.append(contentsOf: digits.utf8)
    case .string(let value): JSONValue.write(value, to: &text)
    case .array(let values):
      JSONValue.write(values, in: "[]", to: &text, level: level) { value, text in
        value.write(to: &text, level: level + 1)
      }
    case .object(let members):
      JSONValue.write(members, in: "{}", to: &text, level: level) { member, text in
        JSONValue.write(member.0, to: &text)
        text.append(contentsOf: ": ".utf8)
        member.1.write(to: &text, level: level + 1)
      }
    }
  }

  private static func write<Item>(
    _ items: [Item], in brackets: String, to text: inout [UInt8], level: Int,
    item: (Item, inout [UInt8]) -> Void
  ) {
    text.append(contentsOf: brackets.utf8.prefix(1))
    for (index, value) in items.enumerated() {
      if index > 0 { text.append(UInt8(ascii: ",")) }
      breakLine(in: &text, level: level + 1)
      item(value, &text)
    }
    if !items.isEmpty { breakLine(in: &text, level: level) }
    text.append(contentsOf: brackets.utf8.suffix(1))
  }

  private static func breakLine(in text: inout [UInt8], level: Int) {
    text.append(UInt8(ascii: "\n"))
    text.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * level))
  }

  private static func write(_ string: String, to text: inout [UInt8]) {
    text.append(UInt8(ascii: "\""))
    if string.utf8.allSatisfy(isPlain) {
      text.append(contentsOf: string.utf8)
    } else if string.unicodeScalars.contains(where: isActedOn) {
      for scalar in string.unicodeScalars { writeScalar(scalar, to: &text) }
    } else {
      for byte in string.utf8 { writeByte(byte, to: &text) }
    }
    text.append(UInt8(ascii: "\""))
  }

  /// Whether a byte may stand unescaped within quotes, in a terminal too.
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte < 0x7f && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  /// Escapes a character that would act on a terminal that shows the file.
  private static func writeScalar(_ scalar: Unicode.Scalar, to text: inout [UInt8]) {
    guard !scalar.isASCII, isActedOn(scalar) else {
      for byte in String(scalar).utf8 { writeByte(byte, to: &text) }
      return
    }
    text.append(contentsOf: jsonEscape(scalar).utf8)
  }

  private static func writeByte(_ byte: UInt8, to text: inout [UInt8]) {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"):
      text.append(UInt8(ascii: "\\"))
      text.append(byte)
    case UInt8(ascii: "\n"): text.append(contentsOf: "\\n".utf8)
    case UInt8(ascii: "\r"): text.append(contentsOf: "\\r".utf8)
    case UInt8(ascii: "\t"): text.append(contentsOf: "\\t".utf8)
    case 0..<0x10: text.append(contentsOf: ("\\u000" + String(byte, radix: 16)).utf8)
    // JSON allows DEL, but it would act on a terminal that shows the file.
    case 0x10..<0x20, 0x7f: text.append(contentsOf: ("\\u00" + String(byte, radix: 16)).utf8)
    default: text.append(byte)
    }
  }
}
