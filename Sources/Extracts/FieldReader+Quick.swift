import Values
import WorkingTime

/// What nearly all cells of a column look like, so that they can be read without every check.
enum QuickWay: Sendable {
  /// Nothing is known yet, or no quick way exists.
  case none
  /// A text longer than any missing value, which is not kept and not checked.
  case passed
  /// A date in the column's own way, between bounds of day numbers.
  case date(QuickDate, ClosedRange<Int32>)
  /// A date and a time, likewise, between bounds of seconds.
  case moment(QuickDate, ClosedRange<Int64>)
  /// Words of one letter.
  case flag(true: UInt8?, false: UInt8?)
}

extension FieldReader {
  /// Reads a cell that looks like nearly all of its column.
  ///
  /// If there is any doubt it returns false and does nothing.
  @inline(__always)
  mutating func readsQuickly(_ cell: Span<UInt8>) -> Bool {
    switch quick {
    case .none: return false
    case .passed:
      if cell.count <= longestMissing { return false }
    case .date(let way, let bounds):
      guard let day = way.read(cell)?.date.dayNumber, bounds.contains(day) else { return false }
      if isKept { builder.append(narrow: day) }
    case .moment(let way, let bounds):
      guard let (date, minute) = way.read(cell) else { return false }
      let seconds = Int64(date.dayNumber) &* 86_400 &+ Int64(minute) &* 60
      guard bounds.contains(seconds) else { return false }
      if isKept { builder.append(wide: seconds &* 2) }
    case .flag(let trueByte, let falseByte):
      guard cell.count == 1 else { return false }
      let byte = cell[0]
      guard byte == trueByte || byte == falseByte else { return false }
      if isKept { builder.append(byte == trueByte) }
    }
    tally.given &+= 1
    tally.present &+= 1
    return true
  }

  /// Chooses a quick way once a cell that was read shows what the column looks like.
  mutating func learn() {
    guard checks.codes == nil, checks.allowed == nil, checks.pattern == nil,
      checks.minLength == nil,
      checks.maxLength == nil
    else { return }
    switch type {
    case .date, .datetime: learnDates()
    case .boolean where checks.minimum == nil && checks.maximum == nil:
      quick = .flag(true: trueWord?.onlyByte, false: falseWord?.onlyByte)
    default: break
    }
  }

  private mutating func learnDates() {
    guard let canonical = dates.canonical, dates.isFixed, let way = QuickDate(canonical),
      !checks.missing.mayHold(length: way.length)
    else { return }
    let minimum = checks.minimum?.limit
    let maximum = checks.maximum?.limit
    if type == .date, way != .dayMonthYearMinute {
      let least = minimum.map(\.day) ?? Int32.min
      let greatest = maximum.map(\.day) ?? Int32.max
      if let least, let greatest, least <= greatest { quick = .date(way, least...greatest) }
    } else if type == .datetime, way == .dayMonthYearMinute {
      let least = minimum.map(\.firstSecond) ?? Int64.min
      let greatest = maximum.map(\.lastSecond) ?? Int64.max
      if let least, let greatest, least <= greatest { quick = .moment(way, least...greatest) }
    }
  }
}

extension CellLimit {
  /// The day of a date or date-time, as a bound for dates.
  fileprivate var day: Int32? {
    switch self {
    case .date(let date): date.dayNumber
    case .datetime(let moment): moment.date.dayNumber
    default: nil
    }
  }

  /// The first second that is not before a date or date-time.
  fileprivate var firstSecond: Int64? {
    switch self {
    case .date(let date): Int64(date.dayNumber) * 86_400
    case .datetime(let moment): moment.seconds
    default: nil
    }
  }

  /// The last second that is not after a date or date-time.
  fileprivate var lastSecond: Int64? {
    switch self {
    case .date(let date): Int64(date.dayNumber) * 86_400 + 86_399
    case .datetime(let moment): moment.seconds
    default: nil
    }
  }
}

extension String {
  /// The byte of a text that has only one.
  fileprivate var onlyByte: UInt8? { utf8.count == 1 ? utf8.first : nil }
}
