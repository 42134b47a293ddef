// Applies a span to the calendar: months first, then days, then working days, then elapsed time, so
// that the coarse parts fix the month before the fine parts count within it.
extension TimeSpan {
  /// The date on which this span ends when it starts on `date`.
  ///
  /// Elapsed time counts in whole days, rounded away from the date: 30 hours after a bare date is 2
  /// days after it. Nil outside the years 1 to 9999, outside the calendar, or if there are working
  /// days but no calendar.
  public func added(to date: CalendarDate, in calendar: WorkingCalendar?) -> CalendarDate? {
    guard let day = datePartsAdded(to: date, in: calendar) else { return nil }
    if seconds == 0 { return day }
    let (whole, part) = seconds.quotientAndRemainder(dividingBy: 86_400)
    return day.adding(days: whole + part.signum())
  }

  /// The clock reading at which this span ends when it starts at `moment`.
  ///
  /// Months, days and working days keep the time of day; seconds elapse on the clock of
  /// Europe/London. Nil as for dates, and if seconds elapse outside the years 1972 to 9999.
  public func added(to moment: LocalDateTime, in calendar: WorkingCalendar?) -> LocalDateTime? {
    guard let day = datePartsAdded(to: moment.date, in: calendar) else { return nil }
    let reading = LocalDateTime(date: day, secondOfDay: moment.secondOfDay)
    return seconds == 0 ? reading : LondonClock.adding(seconds: seconds, to: reading)
  }

  /// The seconds after 1970-01-01T00:00Z at which this span ends when it starts at `moment`.
  ///
  /// Unlike the clock's reading, it distinguishes the two passages of an hour that occurs twice.
  /// Nil in the same cases as for readings.
  public func utc(after moment: LocalDateTime, in calendar: WorkingCalendar?) -> Int64? {
    guard let day = datePartsAdded(to: moment.date, in: calendar) else { return nil }
    let reading = LocalDateTime(date: day, secondOfDay: moment.secondOfDay)
    guard let start = LondonClock.utc(of: reading) else { return nil }
    let (end, overflow) = start.addingReportingOverflow(Int64(seconds))
    return overflow ? nil : end
  }

  private func datePartsAdded(to date: CalendarDate, in calendar: WorkingCalendar?)
    -> CalendarDate?
  {
    var day = date
    if months != 0 {
      guard let later = day.adding(months: months) else { return nil }
      day = later
    }
    if days != 0 {
      guard let later = day.adding(days: days) else { return nil }
      day = later
    }
    if workingDays != 0 {
      guard let later = calendar?.workingDay(workingDays, after: day) else { return nil }
      day = later
    }
    return day
  }
}
