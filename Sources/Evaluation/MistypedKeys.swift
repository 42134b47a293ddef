import Exceptions
import Extracts

/// Records that have a key in common with another, whose key may have been mistyped.
///
/// If a child's record is gone and another of the same child has a key twice, the one may be the
/// other: neither it nor what stood in it has been put right.
struct MistypedKeys {
  private struct Owner: Hashable {
    var table: String
    var person: String
  }

  private var owners: Set<Owner> = []

  /// Looks through the tables in which a child's record is gone.
  init(among exceptions: [UnlistedException], _ evidence: [Evidence], in dataset: Dataset) {
    var wanted: [String: Set<String>] = [:]
    for (exception, found) in zip(exceptions, evidence)
    where found == .gone && !exception.person.isEmpty {
      wanted[exception.key.table, default: []].insert(exception.person)
    }
    let names = RecordNames(dataset: dataset)
    for (number, table) in dataset.tables.enumerated() {
      guard let persons = wanted[table.definition.name] else { continue }
      var counts: [String: Int] = [:]
      var ofPersons: [(key: String, person: String)] = []
      for row in 0..<Int32(table.rowCount) {
        let id = RowID(table: Int32(number), row: row)
        let key = names.recordID(id)
        counts[key, default: 0] += 1
        let person = names.personID(id)
        if persons.contains(person) { ofPersons.append((key, person)) }
      }
      for (key, person) in ofPersons where counts[key, default: 0] > 1 {
        owners.insert(Owner(table: table.definition.name, person: person))
      }
    }
  }

  /// Whether a record that is gone may be one of them.
  func mayHide(_ exception: UnlistedException) -> Bool {
    owners.contains(Owner(table: exception.key.table, person: exception.person))
  }
}
