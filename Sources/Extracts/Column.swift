public import Values
public import WorkingTime

/// The typed values of one field in all rows of a table, one after the other.
public struct Column: Sendable {
  /// The values.
  ///
  /// Each kind has its own value for absent.
  public enum Storage: Sendable {
    /// Numbers in the run's `StringPool`; −1 is absent.
    case strings(ColumnValues<Int32>)
    /// Keys and references: a `TextCode`, or else the text's number in the run's `StringPool`.
    ///
    /// −1 is absent.
    case keys(ColumnValues<Int64>)
    /// `Int64.min` is absent.
    case integers(ColumnValues<Int64>)
    /// NaN is absent.
    case numbers(ColumnValues<Double>)
    /// 0 false, 1 true, 2 absent.
    case booleans(ColumnValues<UInt8>)
    /// Day numbers; `Int32.min` is absent.
    case dates(ColumnValues<Int32>)
    /// Twice the seconds, plus one where only a date was written; `Int64.min` is absent.
    case datetimes(ColumnValues<Int64>)
    /// Seconds of the day; −1 is absent.
    case times(ColumnValues<Int32>)
  }

  /// The values.
  public var storage: Storage
  /// The texts of cells that differ from the canonical text of their value.
  ///
  /// These are missing values other than the empty cell, unreadable cells, and other ways of
  /// writing.
  var texts = KeptTexts()
  /// The rows whose cell held a text that could not be read as the field's type.
  public var unreadable: Set<Int32>
  /// The format in which dates of this column are canonically written, for `text(at:)`.
  public var canonicalFormat: DateFormat?
  /// The number of decimals in numbers of this column, for `text(at:)`; nil for as many as needed.
  public var decimals: Int?
  /// The words for this column's booleans, for `text(at:)`; nil while none is known.
  public var words: (true: String?, false: String?) = (nil, nil)

  /// Whether some text may be a number in a pool; false where all keys are `TextCode`s.
  var holdsNumbers = true

  /// An empty column of a type.
  public init(type: FieldType, isKey: Bool = false, canonicalFormat: DateFormat? = nil) {
    switch type {
    case .string: storage = isKey ? .keys([]) : .strings([])
    case .integer: storage = .integers([])
    case .number: storage = .numbers([])
    case .boolean: storage = .booleans([])
    case .date: storage = .dates([])
    case .datetime: storage = .datetimes([])
    case .time: storage = .times([])
    }
    unreadable = []
    self.canonicalFormat = canonicalFormat
  }

  /// The value in a row, from 0.
  public func value(at row: Int, in pool: StringPool) -> CellValue {
    switch storage {
    case .strings(let values): values[row] < 0 ? .absent : .string(pool[values[row]])
    case .keys(let values):
      values[row] < 0 ? .absent : .string(pool.text(ofCode: values[row]))
    case .integers(let values): values[row] == .min ? .absent : .integer(values[row])
    case .numbers(let values): values[row].isNaN ? .absent : .number(values[row])
    case .booleans(let values): values[row] > 1 ? .absent : .boolean(values[row] == 1)
    case .dates(let values):
      values[row] == .min ? .absent : .date(CalendarDate(dayNumber: values[row]))
    case .datetimes(let values):
      if values[row] == .min {
        .absent
      } else if values[row] & 1 == 1 {
        .date(LocalDateTime(seconds: values[row] >> 1).date)
      } else {
        .datetime(LocalDateTime(seconds: values[row] >> 1))
      }
    case .times(let values):
      values[row] < 0 ? .absent : .time(TimeOfDay(secondOfDay: values[row]))
    }
  }

  /// The `TextCode` of the text in a row, or its number in the pool.
  ///
  /// −1 where there is none, and in columns of other types.
  @inline(__always)
  public func textCode(at row: Int) -> Int64 {
    switch storage {
    case .strings(let values): Int64(values[row])
    case .keys(let values): values[row]
    default: -1
    }
  }

  /// Whether its values are texts.
  public var holdsTexts: Bool {
    switch storage {
    case .strings, .keys: true
    default: false
    }
  }

  /// The text of the cell as in the file, decoded and unquoted; empty where the cell was.
  public func text(at row: Int, in pool: StringPool) -> String {
    if let text = texts.text(of: row) { return text }
    switch value(at: row, in: pool) {
    case .absent: return ""
    case .string(let text): return text.string
    case .integer(let value): return String(value)
    case .number(let value):
      return decimals.map { fixed(value, decimals: $0) } ?? String(value)
    case .boolean(let value): return value ? words.true ?? "true" : words.false ?? "false"
    case .date(let date):
      return canonicalFormat?.write(date: date, secondOfDay: nil) ?? date.description
    case .datetime(let moment):
      return canonicalFormat?.write(date: moment.date, secondOfDay: moment.secondOfDay)
        ?? moment.description
    case .time(let time):
      return canonicalFormat?.write(date: nil, secondOfDay: Int(time.secondOfDay))
        ?? time.description
    }
  }
}

/// A number of at most 15 digits, with this many after the point: `-0.50`, `12`.
private func fixed(_ value: Double, decimals: Int) -> String {
  let scaled = (value.magnitude * NumberText.powers[decimals]).rounded()
  var digits = String(Int64(scaled))
  if decimals > 0 {
    digits = String(repeating: "0", count: max(decimals + 1 - digits.count, 0)) + digits
    digits.insert(".", at: digits.index(digits.endIndex, offsetBy: -decimals))
  }
  return value < 0 ? "-" + digits : digits
}
