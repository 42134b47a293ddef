import WorkingTime

/// The days of a sample as a column writes them, each formatted once.
///
/// Dates are a third of an extract's bytes, and looking one up costs less than formatting it.
final class DateTexts: Sendable {
  private let firstDay: Int
  private let texts: [UInt8]
  private let starts: [Int32]

  init(_ format: DateFormat, days: ClosedRange<Int>) {
    var texts: [UInt8] = []
    var starts: [Int32] = [0]
    for day in days {
      texts += format.write(date: CalendarDate(dayNumber: Int32(day)), secondOfDay: nil).utf8
      starts.append(Int32(texts.count))
    }
    firstDay = days.lowerBound
    self.texts = texts
    self.starts = starts
  }

  /// Appends a day's text to `bytes`.
  ///
  /// A day outside the range is written as the nearest day within it.
  func write(_ day: Int, to bytes: inout [UInt8]) {
    let index = min(max(day - firstDay, 0), starts.count - 2)
    bytes.append(contentsOf: texts[Int(starts[index])..<Int(starts[index + 1])])
  }
}

/// How a date-time column writes its moments.
struct MomentTexts: Sendable {
  private let format: DateFormat
  /// The texts of the days, if the format is the common one; nil for any other.
  ///
  /// The time is then appended digit by digit, without the formatter.
  private let days: DateTexts?

  init(_ format: DateFormat, days: DateTexts) {
    self.format = format
    self.days = format == .dayMonthYearTime || format.pattern == "%d/%m/%Y %H:%M" ? days : nil
  }

  func write(_ day: Int, minute: Int, to bytes: inout [UInt8]) {
    guard let days else {
      let date = CalendarDate(dayNumber: Int32(day))
      bytes += format.write(date: date, secondOfDay: minute * 60).utf8
      return
    }
    days.write(day, to: &bytes)
    bytes.append(UInt8(ascii: " "))
    Digits.writeTwo(minute / 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    Digits.writeTwo(minute % 60, to: &bytes)
  }
}
