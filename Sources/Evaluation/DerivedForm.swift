import Expressions
import Values
import WorkingTime

/// How the values of one type are kept as numbers.
enum DerivedForm: Sendable {
  case flags, days, times, texts, integers, moments, rows

  /// The form for values of a type; nil for those that must be kept as they are.
  init?(_ type: ValueType) {
    switch type {
    case .bool: self = .flags
    case .date: self = .days
    case .time: self = .times
    case .string: self = .texts
    case .int: self = .integers
    case .datetime: self = .moments
    case .row: self = .rows
    case .number, .duration, .list, .period, .anything: return nil
    }
  }

  /// Whether four bytes are enough.
  var isNarrow: Bool {
    switch self {
    case .flags, .days, .times, .texts: true
    case .integers, .moments, .rows: false
    }
  }

  /// The number for a value, under which texts are kept; nil for a value of another type.
  func number(_ value: Value, _ texts: inout StringPool) -> Int64? {
    switch (self, value) {
    case (.flags, .bool(let holds)): holds ? 1 : 0
    case (.days, .date(let day)): Int64(day.dayNumber)
    case (.times, .time(let time)): Int64(time.secondOfDay)
    case (.texts, .string(let text)): Int64(texts.number(of: text))
    case (.integers, .int(let number)): number
    // As in a column of date-times: the last bit says that only a day is known.
    case (.moments, .datetime(let moment)): moment.seconds << 1
    case (.moments, .date(let day)):
      LocalDateTime(date: day, secondOfDay: 0).seconds << 1 | 1
    case (.rows, .row(let id)): Int64(id.table) << 32 | Int64(id.row)
    default: nil
    }
  }

  /// The value that a number was given for.
  func value(_ number: Int64, _ texts: StringPool) -> Value {
    switch self {
    case .flags: .bool(number == 1)
    case .days: .date(CalendarDate(dayNumber: Int32(truncatingIfNeeded: number)))
    case .times: .time(TimeOfDay(secondOfDay: Int32(truncatingIfNeeded: number)))
    case .texts: .string(texts[Int32(truncatingIfNeeded: number)])
    case .integers: .int(number)
    case .moments:
      number & 1 == 1
        ? .date(LocalDateTime(seconds: number >> 1).date)
        : .datetime(LocalDateTime(seconds: number >> 1))
    case .rows:
      .row(
        RowID(
          table: Int32(truncatingIfNeeded: number >> 32), row: Int32(truncatingIfNeeded: number)))
    }
  }
}
