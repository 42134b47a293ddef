import Exceptions
import Expressions
import Extracts
import Foundation
import Rulebooks
import Values

/// The mail addresses of teams, from the table that says which teams there are.
///
/// That is a table `teams` with a key of one column and a column `email`. A cell that its own
/// constraints find wrong is no address, and is already on the correction list; nor is one that
/// holds more than a plain address.
struct TeamAddresses {
  private static let table = "teams"

  private(set) var addresses: [TeamName: String] = [:]
  /// The teams for which the table has only something that is not a plain address.
  private(set) var unusable: Set<TeamName> = []

  /// The number of the field of a table that holds addresses; nil for any other table.
  static func field(in table: TableDefinition) -> Int? {
    table.name == Self.table ? table.fieldNumber("email") : nil
  }

  init(rulebook: Rulebook, tables: [Table], pool: StringPool) {
    guard let number = rulebook.schema.tableNumber(Self.table) else { return }
    let table = tables[number]
    guard table.definition.primaryKey.count == 1,
      let key = table.columns[table.definition.primaryKey[0]],
      let field = Self.field(in: table.definition), let column = table.columns[field]
    else { return }
    let wrong = Set(table.findings.filter { Int($0.field) == field }.map(\.row))
    for row in 0..<table.rowCount {
      let team = TeamName.named(key.text(at: row, in: pool))
      let address = column.text(at: row, in: pool).trimmingCharacters(in: .whitespaces)
      if key.text(at: row, in: pool).isEmpty || address.isEmpty { continue }
      if MailAddress.isPlain(address), !wrong.contains(Int32(row)) {
        addresses[team] = addresses[team] ?? address
      } else {
        unusable.insert(team)
      }
    }
    unusable.subtract(addresses.keys)
  }
}
