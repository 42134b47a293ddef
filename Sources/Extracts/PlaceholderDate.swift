import WorkingTime

/// The days that stand for no date: the first and last that systems can hold.
///
/// Nothing in a child's case can have been on one of them. A day that some case may have, such as
/// 1 January 1970, is none of them.
enum PlaceholderDate {
  /// The second of the day from which a last day counts as ended.
  private static let lastMinute = 86_340

  /// Whether a reading is such a day, without a time of its own.
  ///
  /// A first day with another time than midnight is how databases keep a time alone.
  static func isOne(_ reading: DateReading) -> Bool {
    guard let date = reading.date else { return false }
    let second = reading.secondOfDay ?? 0
    let (year, month, day) = date.components
    switch (year, month, day) {
    case (...1900, 1, 1), (1899, 12, 30...31): return second == 0
    case (9999, _, _), (2999..., 1, 1), (2999..., 12, 31), (2099, 12, 31), (2079, 6, 6):
      return second == 0 || second >= lastMinute
    default: return false
    }
  }
}
