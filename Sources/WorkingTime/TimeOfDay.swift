/// A time on the clock without a date.
@frozen
public struct TimeOfDay: Hashable, Comparable, Sendable {
  /// Seconds since midnight, 0 to 86,399.
  public var secondOfDay: Int32

  /// The time a number of seconds after midnight; the caller must keep within 0 to 86,399.
  @inlinable
  public init(secondOfDay: Int32) {
    self.secondOfDay = secondOfDay
  }

  /// Orders by time since midnight.
  @inlinable
  public static func < (a: TimeOfDay, b: TimeOfDay) -> Bool { a.secondOfDay < b.secondOfDay }
}

extension TimeOfDay: CustomStringConvertible {
  /// `HH:mm`, with `:ss` only where there are seconds.
  public var description: String {
    let second = Int(secondOfDay)
    let minutes = "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2))"
    return second % 60 == 0 ? minutes : "\(minutes):\(padded(second % 60, 2))"
  }
}
