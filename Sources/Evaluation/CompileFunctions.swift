import Expressions
import Rulebooks
import Values
import WorkingTime

extension ExpressionCompiler {
  /// A function that is absent as soon as one of its arguments is, the leftmost one to blame.
  func compileCall(_ function: Function, _ arguments: [Step]) -> Step {
    let calendar = context.rulebook.calendar
    if arguments.count == 1, let argument = arguments.first {
      return Step { frame in
        let value = argument(&frame)
        if value.isAbsent { return value }
        return Self.call(function, value, calendar) ?? .unexplained
      }
    }
    if arguments.count == 2, function != .min, function != .max {
      let (a, b) = (arguments[0], arguments[1])
      return Step { frame in
        let x = a(&frame)
        if x.isAbsent { return x }
        let y = b(&frame)
        if y.isAbsent { return y }
        return Self.call(function, x, y, calendar) ?? .unexplained
      }
    }
    return Step { frame in
      var best = Value.unexplained
      for (index, argument) in arguments.enumerated() {
        let value = argument(&frame)
        if value.isAbsent { return value }
        guard index > 0 else {
          best = value
          continue
        }
        guard let order = Value.order(value, best) else { return .unexplained }
        if function == .min ? order < 0 : order > 0 { best = value }
      }
      return best
    }
  }

  private static func call(_ function: Function, _ value: Value, _ calendar: WorkingCalendar?)
    -> Value?
  {
    switch (function, value) {
    case (.not, .bool(let flag)): return .bool(!flag)
    case (.negate, .int(let number)):
      let (result, overflow) = Int64(0).subtractingReportingOverflow(number)
      return overflow ? nil : .int(result)
    case (.negate, .number(let number)): return .number(-number)
    case (.negate, .duration(let span)): return .duration(-span)
    case (.days, _), (.workingDays, _), (.weeks, _), (.months, _), (.years, _), (.hours, _):
      guard let amount = value.double, let whole = Int64(exactly: amount) else { return nil }
      return TimeSpan(whole, of: function).map { .duration($0) }
    case (.date, .string(let text)): return CalendarDate(iso: text.string).map { .date($0) }
    case (.datetime, .string(let text)):
      guard let reading = DateFormat.isoDateTime.read(text.string), let date = reading.date else {
        return nil
      }
      return .datetime(LocalDateTime(date: date, secondOfDay: reading.secondOfDay ?? 0))
    case (.size, .string(let text)): return .int(Int64(text.string.unicodeScalars.count))
    case (.upper, .string(let text)): return .string(Text(text.string.uppercased()))
    case (.lower, .string(let text)): return .string(Text(text.string.lowercased()))
    case (.trim, .string(let text)): return .string(Text(trimmed(text.string)))
    case (.abs, .int(let number)): return number == .min ? nil : .int(abs(number))
    case (.abs, .number(let number)): return .number(abs(number))
    case (.int, .int), (.number, .number), (.string, .string): return value
    case (.int, .number(let number)):
      return Int64(exactly: number.rounded(.towardZero)).map { .int($0) }
    case (.int, .string(let text)): return Int64(text.string).map { .int($0) }
    case (.number, .int(let number)): return .number(Double(number))
    case (.number, .string(let text)):
      return Double(text.string).flatMap { $0.isFinite ? .number($0) : nil }
    case (.string, _): return .string(Text(value.text))
    default: return value.day.flatMap { day(function, $0, calendar) }
    }
  }

  private static func day(_ function: Function, _ date: CalendarDate, _ calendar: WorkingCalendar?)
    -> Value?
  {
    switch function {
    case .isWorkingDay: calendar?.isWorkingDay(date).map { .bool($0) }
    case .startOfMonth: .date(date.startOfMonth)
    case .financialYear: .int(Int64(date.financialYear))
    case .year: .int(Int64(date.year))
    case .month: .int(Int64(date.month))
    case .day: .int(Int64(date.day))
    case .dateOf: .date(date)
    default: nil
    }
  }

  private static func call(
    _ function: Function, _ a: Value, _ b: Value, _ calendar: WorkingCalendar?
  ) -> Value? {
    if case .string(let text) = a, case .string(let part) = b {
      return texts(function, Array(text.string.utf8), Array(part.string.utf8)).map { .bool($0) }
    }
    if function == .hoursBetween, case .datetime(let x) = a, case .datetime(let y) = b {
      return LondonClock.elapsedSeconds(from: x, to: y).map { .int(Int64($0 / 3600)) }
    }
    guard let x = a.day, let y = b.day else { return nil }
    switch function {
    case .daysBetween: return .int(Int64(CalendarDate.days(from: x, to: y)))
    case .workingDaysBetween:
      return calendar?.workingDays(after: x, through: y).map { .int(Int64($0)) }
    case .monthsBetween: return .int(Int64(CalendarDate.months(from: x, to: y)))
    case .hoursBetween: return .int(Int64(CalendarDate.days(from: x, to: y) * 24))
    case .ageOn: return .int(Int64(CalendarDate.age(born: x, on: y)))
    default: return nil
    }
  }

  /// Compares bytes, as `==` does; Swift's own search would treat differently composed letters as
  /// equal.
  private static func texts(_ function: Function, _ text: [UInt8], _ part: [UInt8]) -> Bool? {
    switch function {
    case .startsWith: return text.starts(with: part)
    case .endsWith: return text.reversed().starts(with: part.reversed())
    case .contains:
      guard part.count <= text.count else { return false }
      return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
    default: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    // Most texts begin and end with a printable character of ASCII.
    let bytes = text.utf8
    let printable = UInt8(ascii: "!")...UInt8(ascii: "~")
    if let first = bytes.first, let last = bytes.last, printable ~= first, printable ~= last {
      return text
    }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: { !$0.properties.isWhitespace }),
      let last = scalars.lastIndex(where: { !$0.properties.isWhitespace })
    else { return "" }
    return String(scalars[first...last])
  }
}

extension Value {
  /// The value as lists and messages show it: dates by ISO 8601, whole numbers without a point.
  var text: String {
    switch self {
    case .absent: ""
    case .bool(let value): value ? "true" : "false"
    case .int(let value): String(value)
    case .number(let value):
      Int64(exactly: value).map { String($0) } ?? String(value)
    case .string(let value): value.string
    case .date(let value): value.description
    case .datetime(let value): value.description
    case .time(let value): value.description
    case .duration(let value): value.description
    case .row, .list, .period: ""
    }
  }
}
