// Working-day sums. A sum that would have to look at a day outside the calendar is nil: an unknown
// bank holiday must never pass for a working day.
extension WorkingCalendar {
  /// Whether the day is a working day; nil if the calendar does not cover it.
  @inlinable
  public func isWorkingDay(_ date: CalendarDate) -> Bool? {
    let day = Int(date.dayNumber)
    guard day >= firstDay, day <= lastDay else { return nil }
    return before[day - firstDay + 1] != before[day - firstDay]
  }

  /// The `n`th working day after a date, which itself is day 0; before it if `n` is negative.
  ///
  /// With `n` 0 it is the date itself, whether or not it is a working day. Nil if a day from the
  /// one next to the date up to the result is not covered.
  @inlinable
  public func workingDay(_ n: Int, after date: CalendarDate) -> CalendarDate? {
    if n == 0 { return date }
    let day = Int(date.dayNumber)
    // The days that are counted begin next to the date, and all of them must be covered.
    let next = n > 0 ? day + 1 : day
    guard next >= firstDay, next <= lastDay + 1 else { return nil }
    let (index, overflow) = Int(before[next - firstDay]).addingReportingOverflow(n > 0 ? n - 1 : n)
    guard !overflow, index >= 0, index < worked.count else { return nil }
    return CalendarDate(dayNumber: worked[index])
  }

  /// How many working days there are after `a`, up to and including `b`; negative if `b` is before
  /// `a`.
  ///
  /// Nil if one of those days is not covered.
  @inlinable
  public func workingDays(after a: CalendarDate, through b: CalendarDate) -> Int? {
    if a == b { return 0 }
    let earlier = Int(min(a, b).dayNumber) + 1
    let later = Int(max(a, b).dayNumber) + 1
    guard earlier >= firstDay, later <= lastDay + 1 else { return nil }
    let count = Int(before[later - firstDay]) - Int(before[earlier - firstDay])
    return a < b ? count : -count
  }
}
