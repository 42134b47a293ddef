/// What a column of an extract holds, in the words of Frictionless Table Schema.
public enum FieldType: String, CaseIterable, Hashable, Sendable {
  /// Text, kept as written, including spaces.
  case string
  /// A whole number of 64 bits.
  case integer
  /// An IEEE double.
  case number
  /// True or false, in the words that the field declares.
  case boolean
  /// A day of the calendar.
  case date
  /// A day with a time of day, on the clock of Europe/London.
  case datetime
  /// A time of day.
  case time
}
