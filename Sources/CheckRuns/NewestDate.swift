import Extracts
import Values
import WorkingTime

/// The newest date that a table has of anything that happened: by it an old extract is known among
/// the new ones.
struct NewestDate {
  let table: Table

  /// The newest date in the columns that say when something happened, up to the as-of date; nil
  /// where there is none.
  ///
  /// A later one is a plan, or a slip of the pen, and says nothing of when the extract was made.
  func upTo(_ asOf: CalendarDate) -> CalendarDate? {
    fields.compactMap { field in table.columns[field].flatMap { newest(in: $0, upTo: asOf) } }.max()
  }

  /// The fields of dates that may not lie after the as-of date; where none is declared so, all
  /// fields of dates.
  private var fields: [Int] {
    let all = table.definition.fields.indices.filter { isEvent(table.definition.fields[$0]) }
    let past = all.filter { table.definition.fields[$0].constraints.maximum == .asOf }
    return past.isEmpty ? all : past
  }

  /// The youngest child's birthday is the child's, and stays in its list: what comes of this stands
  /// in logs.
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
