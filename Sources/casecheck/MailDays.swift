import WorkingTime

/// On which runs mail goes out, where the configuration names days of the week.
///
/// A day of mail on which there was no run, as while cron was off, must not leave the teams without
/// mail for a week: the next run makes up for it, once.
struct MailDays {
  /// What a run has to do with mail.
  enum Duty: Equatable {
    /// It makes mails.
    case due
    /// It makes them in place of a run on this day, of which there was none.
    case overdue(CalendarDate)
    /// It makes none.
    case nothing
  }

  /// The days of the week; empty for every run.
  let weekdays: Set<Weekday>

  /// The duty of a run as of a day.
  ///
  /// `made` is the last day up to which no mails are still to be made; nil where none is known. Then
  /// only `unmade` can tell that some are missing: the day of a run that noted its mails and never
  /// made them.
  func duty(on day: CalendarDate, made: CalendarDate?, unmade: CalendarDate?) -> Duty {
    // Where the run of the day has made up for another, so does the one that replaces it.
    if weekdays.isEmpty || weekdays.contains(day.weekday) || made == day { return .due }
    guard let last = last(before: day) else { return .nothing }
    let isMissed = if let made { made < last } else { unmade.map { $0 <= day } ?? false }
    return isMissed ? .overdue(last) : .nothing
  }

  /// The last day of mail before a day; nil where every run makes mails.
  func last(before day: CalendarDate) -> CalendarDate? {
    (1...7).lazy.compactMap { day.adding(days: -$0) }.first { weekdays.contains($0.weekday) }
  }
}
