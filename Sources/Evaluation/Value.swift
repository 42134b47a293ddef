import Values
import WorkingTime

/// The result of a step of an expression on one row.
enum Value: Sendable {
  case absent(Blame)
  case bool(Bool)
  case int(Int64)
  case number(Double)
  case string(Text)
  case date(CalendarDate)
  case datetime(LocalDateTime)
  case time(TimeOfDay)
  indirect case duration(TimeSpan)
  case row(RowID)
  case list([Value])
  indirect case period(Period)

  /// Absent with nothing to blame: the first of an empty list, a sum beyond the calendar.
  static let unexplained = Value.absent(.none)

  var isAbsent: Bool {
    if case .absent = self { return true }
    return false
  }

  var isRow: Bool {
    if case .row = self { return true }
    return false
  }

  /// The blame of an absent value.
  var blame: Blame? {
    if case .absent(let blame) = self { return blame }
    return nil
  }

  init(_ cell: CellValue, blame: @autoclosure () -> Blame) {
    switch cell {
    case .absent: self = .absent(blame())
    case .string(let text): self = .string(text)
    case .integer(let value): self = .int(value)
    case .number(let value): self = .number(value)
    case .boolean(let value): self = .bool(value)
    case .date(let date): self = .date(date)
    case .datetime(let moment): self = .datetime(moment)
    case .time(let time): self = .time(time)
    }
  }

  /// The day of a date or date-time.
  var day: CalendarDate? {
    switch self {
    case .date(let date): date
    case .datetime(let moment): moment.date
    default: nil
    }
  }

  /// An int or number as a double.
  var double: Double? {
    switch self {
    case .int(let value): Double(value)
    case .number(let value): value
    default: nil
    }
  }
}

/// A row of the extracts; last period's tables are numbered after those of this period.
struct RowID: Hashable, Sendable {
  var table: Int32
  var row: Int32

  /// No row.
  static let none = RowID(table: -1, row: -1)
}

/// What `spans` makes of rows that touch or overlap.
struct Period: Sendable {
  var start: Value
  /// Absent while one of the period's rows is open.
  var end: Value
  var rows: [Value]
}

/// The missing cell or reference that makes a value absent.
struct Blame: Hashable, Sendable {
  var table: Int32
  var row: Int32
  /// A field by number from 0, or a compound foreign key as −2 minus its number; −1 is nothing.
  var field: Int32

  /// No input was absent, and yet the result is.
  static let none = Blame(table: -1, row: -1, field: -1)

  static func foreignKey(_ number: Int, of row: RowID) -> Blame {
    Blame(table: row.table, row: row.row, field: Int32(-2 - number))
  }

  static func field(_ number: Int, of row: RowID) -> Blame {
    Blame(table: row.table, row: row.row, field: Int32(number))
  }

  var isNone: Bool { field == -1 }

  /// The number of the compound foreign key that leads nowhere.
  var foreignKey: Int? { field <= -2 ? Int(-2 - field) : nil }

  var rowID: RowID { RowID(table: table, row: row) }
}
