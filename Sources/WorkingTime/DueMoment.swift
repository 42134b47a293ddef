/// When something is due: by the end of a day, or by a minute of the clock.
public enum DueMoment: Hashable, Sendable {
  /// Due on that day, until its end.
  case day(CalendarDate)
  /// Due by that minute in Europe/London.
  case minute(LocalDateTime)

  /// The date on which it is due.
  @inlinable
  public var date: CalendarDate {
    switch self {
    case .day(let date): date
    case .minute(let moment): moment.date
    }
  }
}

extension DueMoment {
  /// How far it extends, in words: to the end of its day, or to its minute.
  public var reach: String {
    switch self {
    case .day: "that day included"
    case .minute: "to the minute"
    }
  }
}

extension DueMoment: CustomStringConvertible {
  /// `2016-03-28` or `2016-03-28T11:30`.
  public var description: String {
    switch self {
    case .day(let date): date.description
    case .minute(let moment): moment.truncatedToMinute.description
    }
  }
}
