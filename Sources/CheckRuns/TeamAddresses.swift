import Exceptions
import Expressions
import Extracts
import Foundation
import Rulebooks
import Values

/// The mail addresses of teams, out of the table that says which teams there are.
///
/// A table `teams` with a key of one column and a column `email`. A cell that its own constraints find wrong is
/// no address, and stands on the correction list already; nor is one that holds more than a plain address.
struct TeamAddresses {
  let rulebook: Rulebook
  let tables: [Table]
  let pool: StringPool

  var addresses: [TeamName: String] {
    guard let number = rulebook.schema.tableNumber("teams") else { return [:] }
    let table = tables[number]
    guard table.definition.primaryKey.count == 1,
      let key = table.columns[table.definition.primaryKey[0]],
      let field = table.definition.fieldNumber("email"), let column = table.columns[field]
    else { return [:] }
    let wrong = Set(table.findings.filter { Int($0.field) == field }.map(\.row))
    var found: [TeamName: String] = [:]
    for row in 0..<table.rowCount where !wrong.contains(Int32(row)) {
      let team = key.text(at: row, in: pool)
      let address = column.text(at: row, in: pool).trimmingCharacters(in: .whitespaces)
      if !team.isEmpty, MailAddress.isPlain(address) {
        found[.named(team)] = found[.named(team)] ?? address
      }
    }
    return found
  }
}
