extension DateFormat {
  /// Reads a whole text; nil where it is not in this format or names no real date or time.
  public func read(_ text: String) -> DateReading? { read(text.utf8Span.span) }

  /// Reads a whole cell of UTF-8 bytes without allocating; nil as for a `String`.
  ///
  /// The bytes may hold anything at all.
  public func read(_ cell: Span<UInt8>) -> DateReading? {
    unsafe cell.withUnsafeBufferPointer { bytes in unsafe read(bytes) }
  }

  private func read(_ bytes: UnsafeBufferPointer<UInt8>) -> DateReading? {
    var scanner = unsafe DateScanner(bytes)
    switch reader {
    case .dayMonthYear: return scanner.readDayMonthYear()
    case .dayMonthYearTime: return scanner.readDayMonthYearTime()
    case .isoDate: return scanner.readISODate()
    case .isoDateTime: return scanner.readISODateTime()
    case .items: return read(&scanner, from: 0, DateParts())
    }
  }

  /// Goes through the items; an optional group is first tried, then left out.
  private func read(_ scanner: inout DateScanner, from start: Int, _ soFar: DateParts)
    -> DateReading?
  {
    var parts = soFar
    var index = start
    while index < items.count {
      if case .group(let end) = items[index] {
        let here = scanner.position
        if let reading = read(&scanner, from: index + 1, parts) { return reading }
        scanner.position = here
        index = end
        continue
      }
      guard parts.take(items[index], from: &scanner) else { return nil }
      index += 1
    }
    return scanner.isAtEnd ? parts.reading : nil
  }
}

/// The numbers read so far; those that no item has read are -1.
struct DateParts {
  var year = -1
  var month = -1
  var day = -1
  var dayOfYear = -1
  var hour = -1
  var minute = -1
  var second = -1
  /// 0 for AM, 12 for PM: what `%p` adds to an hour of 12.
  var half = -1

  /// Reads one item; false where the text does not hold it.
  mutating func take(_ item: DateFormatItem, from scanner: inout DateScanner) -> Bool {
    switch item {
    case .literal(let byte): return scanner.take(byte)
    case .group: return false
    case .day(let fixed): day = scanner.number(1...31, fixed: fixed)
    case .month(let fixed): month = scanner.number(1...12, fixed: fixed)
    case .hour(let fixed): hour = scanner.number(0...23, fixed: fixed)
    case .hour12(let fixed): hour = scanner.number(1...12, fixed: fixed)
    case .minute: minute = scanner.number(0...59, fixed: true)
    case .second: second = scanner.number(0...59, fixed: true)
    case .year: year = scanner.digits(4)
    case .dayOfYear: dayOfYear = scanner.digits(3)
    case .shortYear:
      let short = scanner.digits(2)
      year = short < 0 ? -1 : short + (short >= 69 ? 1900 : 2000)
      return short >= 0
    case .monthName: month = scanner.monthName(short: false)
    case .shortMonthName: month = scanner.monthName(short: true)
    case .half: half = scanner.half()
    }
    return !scanner.failed
  }

  /// The date and time that the numbers give; nil for a date that does not exist.
  var reading: DateReading? {
    var date: CalendarDate?
    if year >= 0 {
      if dayOfYear >= 0 {
        guard let first = CalendarDate(year: year, month: 1, day: 1),
          1...(GregorianCalendar.isLeap(year) ? 366 : 365) ~= dayOfYear
        else { return nil }
        date = first.adding(days: dayOfYear - 1)
      } else {
        guard let real = CalendarDate(year: year, month: month, day: day) else { return nil }
        date = real
      }
    }
    if hour < 0 { return DateReading(date: date, secondOfDay: nil) }
    let hourOfDay = half < 0 ? hour : hour % 12 + half
    let secondOfDay = hourOfDay * 3600 + max(minute, 0) * 60 + max(second, 0)
    return DateReading(date: date, secondOfDay: secondOfDay)
  }
}
