import Extracts
import Values
import WorkingTime

/// The newest date of anything that happened in a table: it tells an old extract among new ones.
struct NewestDate {
  let table: Table

  /// The newest date up to the as-of date in the columns that say when something happened.
  ///
  /// Nil where there is none. A later date is planned or a slip, and does not tell when the extract
  /// was made.
  func upTo(_ asOf: CalendarDate) -> CalendarDate? {
    fields.compactMap { field in table.columns[field].flatMap { newest(in: $0, upTo: asOf) } }.max()
  }

  /// The date fields that may not lie after the as-of date; where none is so declared, all date
  /// fields.
  private var fields: [Int] {
    let all = table.definition.fields.indices.filter { isEvent(table.definition.fields[$0]) }
    let past = all.filter { table.definition.fields[$0].constraints.maximum == .asOf }
    return past.isEmpty ? all : past
  }

  /// Whether a field says when something happened, other than a birth.
  ///
  /// The date found goes into logs, and the youngest child's birthday must not leave its list.
  private func isEvent(_ field: FieldDefinition) -> Bool {
    guard field.type == .date || field.type == .datetime else { return false }
    let name = field.name.lowercased()
    return !["birth", "born", "dob"].contains { name.contains($0) }
  }

  private func newest(in column: Column, upTo asOf: CalendarDate) -> CalendarDate? {
    switch column.storage {
    case .dates(let days):
      var newest = Int32.min
      for day in days where day > newest && day <= asOf.dayNumber { newest = day }
      return newest == .min ? nil : CalendarDate(dayNumber: newest)
    case .datetimes(let moments):
      let end = (Int64(asOf.dayNumber) + 1) * 86_400 * 2
      var newest = Int64.min
      for moment in moments where moment > newest && moment < end { newest = moment }
      return newest == .min ? nil : LocalDateTime(seconds: newest >> 1).date
    default: return nil
    }
  }
}
