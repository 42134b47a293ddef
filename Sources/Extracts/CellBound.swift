import Values
import WorkingTime

/// A cell's value, to compare with a bound.
enum CellLimit: Sendable {
  case integer(Int64)
  case number(Double)
  case date(CalendarDate)
  case datetime(LocalDateTime)
  case time(TimeOfDay)

  /// Whether this comes before the other.
  ///
  /// An integer compares with a number, and a date with a date-time by its date. Values that do not
  /// compare do not come before each other.
  func isLess(than other: CellLimit) -> Bool {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): a < b
    case (.number(let a), .number(let b)): a < b
    case (.number(let a), .integer(let b)): a < Double(b)
    case (.integer(let a), .number(let b)): Double(a) < b
    case (.date(let a), .date(let b)): a < b
    case (.datetime(let a), .datetime(let b)): a < b
    case (.datetime(let a), .date(let b)): a.date < b
    case (.date(let a), .datetime(let b)): a < b.date
    case (.time(let a), .time(let b)): a < b
    default: false
    }
  }
}

/// The least or greatest value of a field, ready to compare.
struct CellBound: Sendable {
  let limit: CellLimit
  /// How messages name it, such as `the as-of date, 01/03/2016`.
  let words: String

  init?(_ bound: Bound, _ field: FieldDefinition, asOf: CalendarDate) {
    switch bound {
    case .asOf:
      limit = .date(asOf)
      words = "the as-of date, \(CellBound.write(asOf, field))"
    case .value(let value):
      guard let (limit, words) = CellBound.take(value, field) else { return nil }
      (self.limit, self.words) = (limit, words)
    }
  }

  private static func take(_ value: CellValue, _ field: FieldDefinition) -> (CellLimit, String)? {
    let format = field.formats.first
    switch value {
    case .integer(let value): return (.integer(value), String(value))
    case .number(let value):
      return (.number(value), Int64(exactly: value).map(String.init) ?? String(value))
    case .date(let date): return (.date(date), write(date, field))
    case .datetime(let moment):
      let text = format?.write(date: moment.date, secondOfDay: moment.secondOfDay)
      return (.datetime(moment), text ?? moment.description)
    case .time(let time):
      let text = format?.write(date: nil, secondOfDay: Int(time.secondOfDay))
      return (.time(time), text ?? time.description)
    case .absent, .string, .boolean: return nil
    }
  }

  /// A date in the field's own format, or in the part of one that stands before the time.
  private static func write(_ date: CalendarDate, _ field: FieldDefinition) -> String {
    let formats = field.formats.filter(\.readsDate)
    let format = formats.first { !$0.readsTime } ?? formats.first.flatMap(dayFormat)
    return format?.write(date: date, secondOfDay: nil) ?? date.description
  }

  private static func dayFormat(of format: DateFormat) -> DateFormat? {
    let hours = ["%H", "%I"].compactMap { format.pattern.firstRange(of: $0)?.lowerBound }
    guard let end = hours.min() else { return nil }
    var pattern = format.pattern[..<end]
    while let last = pattern.last, " T[,".contains(last) { pattern.removeLast() }
    // Words between the day and the time belong to neither.
    guard pattern.dropLast().last == "%", let day = try? DateFormat(String(pattern)), day.readsDate
    else { return nil }
    return day
  }
}
