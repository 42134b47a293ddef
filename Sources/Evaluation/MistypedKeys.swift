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

  private var keys: [Owner: Set<String>] = [:]

  /// Looks through the tables in which a record is gone.
  init(among exceptions: [UnlistedException], _ evidence: [Evidence], in dataset: Dataset) {
    var wanted: [String: Set<String>] = [:]
    for (exception, found) in zip(exceptions, evidence) where found == .gone {
      wanted[exception.key.table, default: []].insert(exception.person)
    }
    let names = RecordNames(dataset: dataset)
    for (number, table) in dataset.tables.enumerated() {
      guard let persons = wanted[table.definition.name] else { continue }
      var counts: [String: Int] = [:]
      var owned: [(key: String, person: String)] = []
      for row in 0..<Int32(table.rowCount) {
        let id = RowID(table: Int32(number), row: row)
        let key = names.recordID(id)
        counts[key, default: 0] += 1
        let person = names.personID(id)
        if persons.contains(person) { owned.append((key, person)) }
        // Whose record it was that names nobody is not known.
        if !person.isEmpty, persons.contains("") { owned.append((key, "")) }
      }
      for (key, person) in owned where counts[key, default: 0] > 1 {
        keys[Owner(table: table.definition.name, person: person), default: []].insert(key)
      }
    }
  }

  /// The keys under which a record that is gone may stand now, in order.
  func keys(of exception: UnlistedException) -> [String] {
    keys[Owner(table: exception.key.table, person: exception.person), default: []].sorted()
  }
}
