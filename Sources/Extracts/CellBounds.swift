import Values
import WorkingTime

/// The least and greatest value of a field, ready to compare.
struct CellBounds: Sendable {
  enum Limit: Sendable {
    case integer(Int64)
    case number(Double)
    case date(CalendarDate)
    case datetime(LocalDateTime)
    case time(TimeOfDay)
  }

  struct Bound: Sendable {
    var limit: Limit
    /// How messages name it, such as `the as-of date, 01/03/2016`.
    var words: String
  }

  let minimum: Bound?
  let maximum: Bound?

  init(_ field: FieldDefinition, asOf: CalendarDate) {
    func bound(_ bound: Extracts.Bound?) -> Bound? {
      switch bound {
      case nil: return nil
      case .asOf:
        let text =
          field.formats.first { $0.readsDate && !$0.readsTime }?
          .write(date: asOf, secondOfDay: nil) ?? asOf.description
        return Bound(limit: .date(asOf), words: "the as-of date, \(text)")
      case .value(let value): return CellBounds.bound(value, field)
      }
    }
    minimum = bound(field.constraints.minimum)
    maximum = bound(field.constraints.maximum)
  }

  private static func bound(_ value: CellValue, _ field: FieldDefinition) -> Bound? {
    let format = field.formats.first
    switch value {
    case .integer(let value): return Bound(limit: .integer(value), words: String(value))
    case .number(let value): return Bound(limit: .number(value), words: short(value))
    case .date(let date):
      let text = format?.readsTime == false ? format?.write(date: date, secondOfDay: nil) : nil
      return Bound(limit: .date(date), words: text ?? date.description)
    case .datetime(let moment):
      let text = format?.write(date: moment.date, secondOfDay: moment.secondOfDay)
      return Bound(limit: .datetime(moment), words: text ?? moment.description)
    case .time(let time):
      let text = format?.write(date: nil, secondOfDay: Int(time.secondOfDay))
      return Bound(limit: .time(time), words: text ?? time.description)
    case .absent, .string, .boolean: return nil
    }
  }

  /// `3`, not `3.0`.
  private static func short(_ value: Double) -> String {
    Int64(exactly: value).map(String.init) ?? String(value)
  }
}

extension CellBounds.Limit {
  /// Whether the value is less than this. An int meets a number; a date meets a date-time by its date.
  func exceeds(_ value: CellBounds.Limit) -> Bool { compare(value) { $0 < $1 } }

  /// Whether the value is more than this.
  func isExceeded(by value: CellBounds.Limit) -> Bool { compare(value) { $0 > $1 } }

  /// Compares as doubles or as whole numbers; false for types that do not compare.
  @inline(__always)
  private func compare(_ value: CellBounds.Limit, _ holds: (Double, Double) -> Bool) -> Bool {
    switch (value, self) {
    case (.integer(let a), .integer(let b)):
      // Doubles would take neighbours over 2⁵³ to be equal.
      return holds(a < b ? -1 : a > b ? 1 : 0, 0)
    case (.number(let a), .number(let b)): return holds(a, b)
    case (.number(let a), .integer(let b)): return holds(a, Double(b))
    case (.integer(let a), .number(let b)): return holds(Double(a), b)
    case (.date(let a), .date(let b)): return holds(Double(a.dayNumber), Double(b.dayNumber))
    case (.datetime(let a), .datetime(let b)): return holds(Double(a.seconds), Double(b.seconds))
    case (.datetime(let a), .date(let b)):
      return holds(Double(a.date.dayNumber), Double(b.dayNumber))
    case (.date(let a), .datetime(let b)):
      return holds(Double(a.dayNumber), Double(b.date.dayNumber))
    case (.time(let a), .time(let b)):
      return holds(Double(a.secondOfDay), Double(b.secondOfDay))
    default: return false
    }
  }
}
