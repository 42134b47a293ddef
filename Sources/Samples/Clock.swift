import WorkingTime

/// How long until something is due.
enum Pace {
  case days(Int)
  case workingDays(Int)
  case months(Int)
}

/// Date arithmetic on the calendar of the rules.
struct Clock {
  let calendar: WorkingCalendar
  /// The day on which the sample is drawn.
  let asOf: Int

  /// The due date of something that is counted from a day.
  func due(_ pace: Pace, after day: Int) -> Int {
    switch pace {
    case .days(let count): day + count
    case .workingDays(let count): working(count, after: day)
    case .months(let count): months(count, after: day)
    }
  }

  /// The `count`th working day after a day, or before it if negative.
  func working(_ count: Int, after day: Int) -> Int {
    // `SampleSetting` keeps all days within the calendar; the estimate is only there because the
    // compiler cannot know that.
    calendar.workingDay(count, after: date(day)).map { Int($0.dayNumber) } ?? day + count * 7 / 5
  }

  /// The same day of the month, a number of months later.
  func months(_ count: Int, after day: Int) -> Int {
    date(day).adding(months: count).map { Int($0.dayNumber) } ?? day + count * 30
  }

  /// The same day, a number of years later.
  func years(_ count: Int, after day: Int) -> Int { months(count * 12, after: day) }

  /// Completed years of life.
  func age(born: Int, on day: Int) -> Int { CalendarDate.age(born: date(born), on: date(day)) }

  /// The last working day on or before a day.
  func workingDay(upTo day: Int) -> Int {
    calendar.isWorkingDay(date(day)) == true ? day : working(-1, after: day)
  }

  /// The first working day on or after a day.
  func workingDay(from day: Int) -> Int {
    calendar.isWorkingDay(date(day)) == true ? day : working(1, after: day)
  }

  private func date(_ day: Int) -> CalendarDate { CalendarDate(dayNumber: Int32(clamping: day)) }
}
