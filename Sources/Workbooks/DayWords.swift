public import WorkingTime

/// A day within a text, as the cells of a workbook show days: `31/12/2015`.
public func dayWords(_ date: CalendarDate) -> String {
  let (year, month, day) = date.components
  return "\(day < 10 ? "0" : "")\(day)/\(month < 10 ? "0" : "")\(month)/\(year)"
}
