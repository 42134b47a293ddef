import Mustache

/// The lines of casecheck's own templates that go on pages unchanged, kept from the engine.
///
/// The engine reads a template character by character, in time that grows with the square of its
/// length, and writes it line by line. A name takes the place of each few lines without a tag, and
/// is looked up like any other.
struct PlainLines: MustacheParent, Sendable {
  /// The name under which templates are given them.
  static let name = "plain"

  private var texts: [String] = []

  func child(named number: String) -> Any? {
    Int(number).flatMap { texts.indices.contains($0) ? texts[$0] : nil }
  }

  /// The template with names in place of its plain lines.
  mutating func takenOut(of template: String) -> String {
    var left: [UInt8] = []
    var plain: [Substring.UTF8View] = []
    var isWithinTag = false
    func end(_ lines: [Substring.UTF8View], in texts: inout [String]) {
      let text = lines.joined(separator: "\n".utf8)
      if lines.count < 2 {
        left += text
      } else {
        left += "{{{\(Self.name).\(texts.count)}}}".utf8
        texts.append(String(decoding: Array(text), as: UTF8.self))
      }
    }
    for line in template[...].utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      let opened = Self.count("{", in: line)
      let closed = Self.count("}", in: line)
      if opened == 0, !isWithinTag {
        plain.append(line)
        continue
      }
      if closed > 0 || opened > 0 { isWithinTag = opened > closed }
      if !plain.isEmpty {
        end(plain, in: &texts)
        left.append(UInt8(ascii: "\n"))
        plain = []
      }
      left += line
      left.append(UInt8(ascii: "\n"))
    }
    if plain.isEmpty { left.removeLast() } else { end(plain, in: &texts) }
    return String(decoding: left, as: UTF8.self)
  }

  /// How many pairs of a brace stand in a line.
  private static func count(_ brace: Unicode.Scalar, in line: Substring.UTF8View) -> Int {
    let brace = UInt8(ascii: brace)
    var count = 0
    var isSecond = false
    for byte in line {
      if byte == brace, isSecond { count += 1 }
      isSecond = byte == brace && !isSecond
    }
    return count
  }
}
