/// What a cell's text shows of how dates were written, whatever the field's formats say.
enum DateEvidence {
  /// A day over 12 in the second place: month first, as in the US.
  case monthFirst
  /// A day over 12 in the first place; where the year has two digits, it may be the year.
  case dayFirst
  /// Two numbers of which each could be the day, and the other the month.
  case eitherWay
  /// Excel's serial number of a day: 45231.
  case serial
  /// A number that Excel has abbreviated: 1.23E+11.
  case scientific

  init?(_ text: String) {
    guard let found = DateEvidence(text.utf8Span.span) else { return nil }
    self = found
  }

  init?(_ cell: Span<UInt8>) {
    let text = cell.extracting(cell.rangeWithoutSpaces())
    guard text.count >= 5, text.count <= 40, text[0] &- 48 < 10 else { return nil }
    if Self.isScientific(text) {
      self = .scientific
      return
    }
    var index = 0
    guard let first = Self.number(in: text, at: &index) else { return nil }
    let mark = index < text.count ? text[index] : nil
    if first.width == 5, 20_000...60_000 ~= first.value {
      guard mark != nil else {
        self = .serial
        return
      }
      // A fraction, which is the time of day, and nothing after it.
      index += 1
      guard mark == UInt8(ascii: "."), Self.number(in: text, at: &index) != nil,
        index == text.count
      else { return nil }
      self = .serial
      return
    }
    guard let mark, "/-.".utf8.contains(mark) else { return nil }
    index += 1
    guard let second = Self.number(in: text, at: &index), index < text.count, text[index] == mark
    else { return nil }
    index += 1
    guard let year = Self.number(in: text, at: &index), year.width == 4 || year.width == 2,
      first.width <= 2, second.width <= 2
    else { return nil }
    switch (first.value, second.value) {
    case (1...12, 13...31): self = .monthFirst
    case (13...31, 1...12): self = .dayFirst
    case (1...12, 1...12) where first.value != second.value: self = .eitherWay
    default: return nil
    }
  }

  /// The digits at a place, which moves past them; nil where there are none.
  private static func number(in text: Span<UInt8>, at index: inout Int) -> (
    value: Int, width: Int
  )? {
    let start = index
    var value = 0
    while index < text.count, text[index] &- 48 < 10 {
      // More digits than a year can have are of no interest here.
      if index - start < 9 { value = value * 10 + Int(text[index] &- 48) }
      index += 1
    }
    return index == start ? nil : (value, index - start)
  }

  /// `1E+11`, `1.23E+11`: at most 15 digits, as Excel writes numbers that are too wide for it.
  static func isScientific(_ text: Span<UInt8>) -> Bool {
    let count = text.count
    guard 5...20 ~= count, text[0] &- 48 < 10, text[count - 1] &- 48 < 10,
      text[count - 2] &- 48 < 10
    else { return false }
    let sign = text[count - 3] == UInt8(ascii: "+") ? count - 3 : count - 4
    guard sign >= 2, text[sign] == UInt8(ascii: "+"), text[sign + 1] &- 48 < 10,
      text[sign - 1] | 0x20 == UInt8(ascii: "e")
    else { return false }
    if sign == 2 { return true }
    guard sign >= 4, text[1] == UInt8(ascii: ".") else { return false }
    return (2..<sign - 1).allSatisfy { text[$0] &- 48 < 10 }
  }
}
