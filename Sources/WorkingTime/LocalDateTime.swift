/// The reading of a clock in Europe/London: a date and a time of day, without a zone.
///
/// The elapsed time between two readings is known only through `LondonClock`, since the clocks
/// change twice a year.
@frozen
public struct LocalDateTime: Hashable, Comparable, Sendable {
  /// Seconds from 1970-01-01T00:00 to the reading of the wall clock, as though it showed UTC.
  public var seconds: Int64

  /// The reading that many seconds after 1970-01-01T00:00 on the wall clock.
  @inlinable
  public init(seconds: Int64) {
    self.seconds = seconds
  }

  /// The reading at `secondOfDay` (0 to 86,399) on a date.
  @inlinable
  public init(date: CalendarDate, secondOfDay: Int) {
    seconds = Int64(date.dayNumber) * 86_400 &+ Int64(secondOfDay)
  }

  /// Orders by the wall clock.
  @inlinable
  public static func < (a: LocalDateTime, b: LocalDateTime) -> Bool { a.seconds < b.seconds }

  /// The date on the wall.
  @inlinable
  public var date: CalendarDate {
    let (quotient, remainder) = seconds.quotientAndRemainder(dividingBy: 86_400)
    return CalendarDate(dayNumber: Int32(clamping: remainder < 0 ? quotient - 1 : quotient))
  }

  /// Seconds since midnight, 0 to 86,399.
  @inlinable
  public var secondOfDay: Int {
    let remainder = Int(seconds % 86_400)
    return remainder < 0 ? remainder + 86_400 : remainder
  }

  /// The time on the clock, without its date.
  @inlinable
  public var timeOfDay: TimeOfDay {
    TimeOfDay(secondOfDay: Int32(truncatingIfNeeded: secondOfDay))
  }

  /// The same reading with its seconds cut off: deadlines are compared to the minute.
  @inlinable
  public var truncatedToMinute: LocalDateTime {
    let remainder = seconds % 60
    return LocalDateTime(seconds: seconds &- (remainder < 0 ? remainder + 60 : remainder))
  }
}

extension LocalDateTime: CustomStringConvertible {
  /// `2016-03-28T11:30`, with `:ss` only where there are seconds.
  public var description: String { "\(date)T\(timeOfDay)" }
}
