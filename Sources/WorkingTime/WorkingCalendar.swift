/// Which days are working days, within a range of dates beyond which nothing is known.
///
/// Counting working days and finding the nth are both a single look-up: the calendar keeps, for
/// each day it covers, the number of working days before it, and a list of all working days.
public struct WorkingCalendar: Sendable {
  /// The name by which rules and configuration refer to it.
  public let name: String
  /// The days of the week that are not working days.
  public let weekend: Set<Weekday>
  /// The holidays, sorted and without duplicates.
  public let holidays: [CalendarDate]
  /// The first and the last day that can be judged.
  public let covers: ClosedRange<CalendarDate>

  /// Entry `i` is the number of working days before covered day `i`; one entry past the end.
  @usableFromInline let before: [Int32]
  /// The day numbers of all working days covered, in order.
  @usableFromInline let worked: [Int32]
  @usableFromInline let firstDay: Int
  @usableFromInline let lastDay: Int

  /// Makes a calendar; holidays may come in any order, and those outside `covers` change nothing.
  public init(
    name: String, weekend: Set<Weekday>, holidays: [CalendarDate],
    covers: ClosedRange<CalendarDate>
  ) {
    let resting = Set(holidays)
    self.name = name
    self.weekend = weekend
    self.holidays = resting.sorted()
    self.covers = covers
    firstDay = Int(covers.lowerBound.dayNumber)
    lastDay = Int(covers.upperBound.dayNumber)

    var before: [Int32] = []
    var worked: [Int32] = []
    before.reserveCapacity(lastDay - firstDay + 2)
    for number in covers.lowerBound.dayNumber...covers.upperBound.dayNumber {
      before.append(Int32(truncatingIfNeeded: worked.count))
      let day = CalendarDate(dayNumber: number)
      if !weekend.contains(day.weekday), !resting.contains(day) { worked.append(number) }
    }
    before.append(Int32(truncatingIfNeeded: worked.count))
    self.before = before
    self.worked = worked
  }
}
