public import WorkingTime

/// What one cell holds once it has been read as its field's type.
public enum CellValue: Hashable, Sendable {
  /// Nothing, one of the missing values, or a text that could not be read.
  case absent
  /// Text.
  case string(Text)
  /// A whole number.
  case integer(Int64)
  /// A number.
  case number(Double)
  /// True or false.
  case boolean(Bool)
  /// A day; also a date-time that was written without a time.
  case date(CalendarDate)
  /// A day and a time of day.
  case datetime(LocalDateTime)
  /// A time of day.
  case time(TimeOfDay)
}
