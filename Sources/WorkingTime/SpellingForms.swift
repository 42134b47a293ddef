// The ways in which each item of a date format can be written.
extension Spelling {
  /// The forms of one item that is not a group.
  static func forms(of item: DateFormatItem) -> [Form] {
    switch item {
    case .group: [[]]
    case .literal(let byte): [[[byte]]]
    case .day(let fixed): numbers(1...31, fixed)
    case .month(let fixed), .hour12(let fixed): numbers(1...12, fixed)
    case .hour(let fixed): numbers(0...23, fixed)
    case .minute, .second: [[digits(0...5), digits(0...9)]]
    case .year: [Array(repeating: digits(0...9), count: 4)]
    case .shortYear: [Array(repeating: digits(0...9), count: 2)]
    case .dayOfYear: [[digits(0...3), digits(0...9), digits(0...9)]]
    case .monthName: MonthNames.all.map { letters($0.description) }
    case .shortMonthName: MonthNames.all.map { letters(String($0.description.prefix(3))) }
    case .half: [letters("AM"), letters("PM")]
    }
  }

  /// Either no fraction of a second or one with one to nine digits.
  static let fraction: [Form] =
    [[]] + (1...9).map { [[UInt8(ascii: ".")]] + Array(repeating: digits(0...9), count: $0) }

  /// Either no zone, or `Z`, or hours and minutes east or west, each with or without a space before
  /// it.
  static let zone: [Form] = {
    let sign: Place = [UInt8(ascii: "+"), UInt8(ascii: "-")]
    let offset: Form = [
      sign, digits(0...1), digits(0...9), [UInt8(ascii: ":")], digits(0...5), digits(0...9),
    ]
    return [[], [[UInt8(ascii: "Z")]], offset, [[UInt8(ascii: " ")]] + offset]
  }()

  /// Every number of the range in two digits and, unless the width is fixed, in one.
  private static func numbers(_ range: ClosedRange<Int>, _ fixed: Bool) -> [Form] {
    range.flatMap { number -> [Form] in
      let long = [digits(number / 10...number / 10), digits(number % 10...number % 10)]
      return fixed || number > 9 ? [long] : [long, [digits(number...number)]]
    }
  }

  private static func digits(_ range: ClosedRange<Int>) -> Place {
    Place(range.map { UInt8(ascii: "0") + UInt8($0) })
  }

  private static func letters(_ word: String) -> Form {
    word.utf8.map { [$0 & ~0x20, $0 | 0x20] }
  }
}
