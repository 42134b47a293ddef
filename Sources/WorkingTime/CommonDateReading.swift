// The formats that extracts nearly always use, read without going through a list of items.
extension DateScanner {
  /// `%d/%m/%Y`.
  mutating func readDayMonthYear() -> DateReading? {
    guard let date = dayMonthYear(), isAtEnd else { return nil }
    return DateReading(date: date, secondOfDay: nil)
  }

  /// `%d/%m/%Y %H:%M[:%S]`.
  mutating func readDayMonthYearTime() -> DateReading? {
    guard let date = dayMonthYear(), take(UInt8(ascii: " ")) else { return nil }
    guard let minute = minuteOfDay(fixedHour: false) else { return nil }
    if isAtEnd { return DateReading(date: date, secondOfDay: minute * 60) }
    guard take(UInt8(ascii: ":")) else { return nil }
    let second = number(0...59, fixed: true)
    guard !failed, isAtEnd else { return nil }
    return DateReading(date: date, secondOfDay: minute * 60 + second)
  }

  /// `yyyy-mm-dd`.
  mutating func readISODate() -> DateReading? {
    guard let date = isoDate(), isAtEnd else { return nil }
    return DateReading(date: date, secondOfDay: nil)
  }

  /// `yyyy-mm-ddThh:mm`, with seconds, a fraction of them (dropped) and a zone where there are any.
  ///
  /// A reading with a zone is turned into what the clock in London showed; before 1972 that is nil.
  mutating func readISODateTime() -> DateReading? {
    guard let date = isoDate() else { return nil }
    guard take(UInt8(ascii: "T")) || take(UInt8(ascii: " ")) else { return nil }
    guard let minute = minuteOfDay(fixedHour: true) else { return nil }
    var second = 0
    if take(UInt8(ascii: ":")) {
      second = number(0...59, fixed: true)
      guard !failed, takeFraction() else { return nil }
    }
    let written = LocalDateTime(date: date, secondOfDay: minute * 60 + second)
    if isAtEnd { return DateReading(date: date, secondOfDay: written.secondOfDay) }
    guard let offset = zone(), isAtEnd,
      let local = LondonClock.local(fromUTC: written.seconds - Int64(offset))
    else { return nil }
    return DateReading(date: local.date, secondOfDay: local.secondOfDay)
  }

  private mutating func dayMonthYear() -> CalendarDate? {
    let day = number(1...31, fixed: false)
    guard !failed, take(UInt8(ascii: "/")) else { return nil }
    let month = number(1...12, fixed: false)
    guard !failed, take(UInt8(ascii: "/")) else { return nil }
    let year = digits(4)
    return failed ? nil : CalendarDate(year: year, month: month, day: day)
  }

  private mutating func minuteOfDay(fixedHour: Bool) -> Int? {
    let hour = number(0...23, fixed: fixedHour)
    guard !failed, take(UInt8(ascii: ":")) else { return nil }
    let minute = number(0...59, fixed: true)
    return failed ? nil : hour * 60 + minute
  }

  private mutating func isoDate() -> CalendarDate? {
    let year = digits(4)
    guard !failed, take(UInt8(ascii: "-")) else { return nil }
    let month = number(1...12, fixed: true)
    guard !failed, take(UInt8(ascii: "-")) else { return nil }
    let day = number(1...31, fixed: true)
    return failed ? nil : CalendarDate(year: year, month: month, day: day)
  }

  /// Skips a fraction of one to nine digits; false if a dot has none after it, or more.
  private mutating func takeFraction() -> Bool {
    guard take(UInt8(ascii: ".")) else { return true }
    var count = 0
    while peek() &- 48 < 10 {
      position += 1
      count += 1
    }
    return 1...9 ~= count
  }

  /// Reads a zone as seconds east of Greenwich: `Z`, `+hh:mm` or `-hh:mm`.
  ///
  /// A space may come first, as SQL Server writes it.
  private mutating func zone() -> Int? {
    if take(UInt8(ascii: "Z")) { return 0 }
    _ = take(UInt8(ascii: " "))
    let sign: Int
    if take(UInt8(ascii: "+")) {
      sign = 1
    } else if take(UInt8(ascii: "-")) {
      sign = -1
    } else {
      return nil
    }
    let hours = number(0...14, fixed: true)
    guard !failed, take(UInt8(ascii: ":")) else { return nil }
    let minutes = number(0...59, fixed: true)
    return failed ? nil : sign * (hours * 3600 + minutes * 60)
  }
}
