/// How a cell looks.
enum CellStyle: Int, CaseIterable, Sendable {
  /// As a spreadsheet shows it.
  case plain
  /// A text that wraps.
  case wrapped
  /// A heading of a column.
  case heading
  /// A title above a table.
  case title
  /// A date in the British form.
  case date
  /// A date with its time.
  case dateTime
  /// A number with thousands separators.
  case number
  /// A value that needs to be put right.
  case bad
  /// A value that needs a look.
  case warning
  /// An exception that has waited long.
  case old
  /// An exception that has waited very long.
  case veryOld
  /// A cell for a person to fill in.
  case entry
  /// A cell for a person to fill in with a date.
  case dateEntry
}
