import Extracts
import Values
import WorkingTime

extension FieldDefinition {
  /// The texts by which a cell of this field may hold a value, so that a ledger's digest of an
  /// earlier text shows whether the value is still the same.
  ///
  /// Not all that would be read, as with twenty zeros, but what exports and spreadsheets write.
  /// None for texts, which are nothing but what is written.
  func spellings(of value: CellValue) -> Set<String> {
    let texts: Set<String> =
      switch value {
      case .absent, .string: []
      case .integer(let number): spellings(ofNumber: String(number), decimals: 0)
      case .number(let number): spellings(ofNumber: String(number), decimals: 4)
      case .boolean(let isTrue): Set((isTrue ? trueValues : falseValues).map(\.string))
      case .date(let date): spellings(DateReading(date: date, secondOfDay: nil))
      case .datetime(let moment):
        spellings(DateReading(date: moment.date, secondOfDay: Int(moment.secondOfDay)))
      case .time(let time): spellings(DateReading(date: nil, secondOfDay: Int(time.secondOfDay)))
      }
    // A blank at either end is not read.
    return Set(texts.flatMap { [$0, " " + $0, $0 + " "] })
  }

  /// A text of two formats is read by the first of them, perhaps as another day.
  private func spellings(_ value: DateReading) -> Set<String> {
    let texts = formats.flatMap { $0.spellings(date: value.date, secondOfDay: value.secondOfDay) }
    return Set(texts).filter { text in
      guard let read = formats.lazy.compactMap({ $0.read(text) }).first else { return false }
      return (value.date == nil || read.date == value.date)
        && (value.secondOfDay == nil || read.secondOfDay == value.secondOfDay)
    }
  }

  /// `plain` is as Swift writes a number.
  private func spellings(ofNumber plain: String, decimals most: Int) -> Set<String> {
    let parts = plain.split(separator: ".")
    guard let whole = parts.first, !plain.contains("e") else { return [plain] }
    let fraction = parts.count > 1 && parts[1] != "0" ? String(parts[1]) : ""
    let wholes = Set([String(whole), grouped(whole)])
    let ends = (fraction.utf8.count...max(most, fraction.utf8.count)).map { decimals in
      let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
      return decimals == 0 ? "" : decimalChar + fraction + zeros
    }
    return Set(wholes.flatMap { whole in ends.map { whole + $0 } })
  }

  /// The digits of a whole number in groups of three.
  private func grouped(_ whole: Substring) -> String {
    let digits = Array(whole.drop { $0 == "-" })
    let groups = digits.indices.map { place in
      let isFirstOfGroup = place > 0 && (digits.count - place) % 3 == 0
      return (isFirstOfGroup ? groupChar ?? "" : "") + String(digits[place])
    }
    return (whole.first == "-" ? "-" : "") + groups.joined()
  }
}
