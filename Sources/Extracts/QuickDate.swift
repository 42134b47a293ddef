import WorkingTime

/// Dates in which every digit has a fixed place, read eight bytes at a time.
///
/// What it does not read need not be wrong: only `DateFormat` decides that.
enum QuickDate: Sendable {
  /// `04/01/2016`.
  case dayMonthYear
  /// `04/01/2016 09:30`.
  case dayMonthYearMinute
  /// `2016-01-04`.
  case yearMonthDay

  init?(_ format: DateFormat) {
    switch format.pattern {
    case "%d/%m/%Y": self = .dayMonthYear
    case "%d/%m/%Y %H:%M": self = .dayMonthYearMinute
    case "%Y-%m-%d": self = .yearMonthDay
    default: return nil
    }
  }

  /// How many bytes it reads.
  var length: Int { self == .dayMonthYearMinute ? 16 : 10 }

  /// The day, and the minute of the day where there is one.
  ///
  /// Nil where a byte is not the digit it should be, or the date does not exist.
  @inline(__always)
  func read(_ cell: Span<UInt8>) -> (date: CalendarDate, minute: Int)? {
    read(0..<cell.count, of: cell)
  }

  /// Does the same for a cell among others.
  @inline(__always)
  func read(_ range: Range<Int>, of bytes: Span<UInt8>) -> (date: CalendarDate, minute: Int)? {
    guard range.count == length else { return nil }
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "no such bytes")
    // In bounds, as both lengths are more than eight.
    let (first, last) = unsafe bytes.withUnsafeBytes { bytes in
      unsafe (
        bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt64.self),
        bytes.loadUnaligned(fromByteOffset: range.upperBound &- 8, as: UInt64.self)
      )
    }
    switch self {
    case .dayMonthYear:
      // `04/01/20`, `/01/2016`.
      guard let a = Eight(first, form: 0x3030_2F30_302F_3030),
        let b = Eight(last, form: 0x3030_3030_2F30_302F),
        let date = CalendarDate(
          year: b.pair(4) &* 100 &+ b.pair(6), month: a.pair(3), day: a.pair(0))
      else { return nil }
      return (date, 0)
    case .yearMonthDay:
      // `2016-01-`, `16-01-04`.
      guard let a = Eight(first, form: 0x2D30_302D_3030_3030),
        let b = Eight(last, form: 0x3030_2D30_302D_3030),
        let date = CalendarDate(
          year: a.pair(0) &* 100 &+ a.pair(2), month: a.pair(5), day: b.pair(6))
      else { return nil }
      return (date, 0)
    case .dayMonthYearMinute:
      // `04/01/20`, `16 09:30`.
      guard let a = Eight(first, form: 0x3030_2F30_302F_3030),
        let b = Eight(last, form: 0x3030_3A30_3020_3030),
        b.pair(3) < 24, b.pair(6) < 60,
        let date = CalendarDate(
          year: a.pair(6) &* 100 &+ b.pair(0), month: a.pair(3), day: a.pair(0))
      else { return nil }
      return (date, b.pair(3) &* 60 &+ b.pair(6))
    }
  }

  /// Eight bytes, the first of them lowest; digits have become their numbers, and signs 0.
  private struct Eight {
    private let word: UInt64

    /// Nil where the bytes have another form: `0` means any digit, anything else itself.
    @inline(__always)
    init?(_ bytes: UInt64, form: UInt64) {
      word = bytes ^ form
      // A digit may be 0 to 9 now, a sign only 0. Bit 4 tells them apart in the form: `0` is 0x30,
      // the signs 0x2x and `:`, 0x3A, which only stands where bit 3 tells.
      let isSign = (~form &>> 4 | form &>> 3) & 0x0101_0101_0101_0101
      let most = 0x7676_7676_7676_7676 &+ isSign &* 9
      if ((word &+ most) | word) & 0x8080_8080_8080_8080 != 0 { return nil }
    }

    /// The number of two digits that begins with a byte.
    @inline(__always)
    func pair(_ place: Int) -> Int {
      let two = word &>> UInt64(8 &* place)
      return Int(two & 0xF) &* 10 &+ Int(two &>> 8 & 0xF)
    }
  }
}
