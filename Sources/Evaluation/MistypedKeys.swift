import Exceptions
import Extracts
import Values

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
      // The ways in which keys are written that are the same by value, such as `0012` and `12`.
      var written: [String: Set<String>] = [:]
      var owned: [(value: String, person: String)] = []
      for row in 0..<Int32(table.rowCount) {
        let id = RowID(table: Int32(number), row: row)
        let key = names.recordID(id)
        let value = table.keyValue(at: Int(row), in: dataset.pool) ?? key
        counts[value, default: 0] += 1
        if value != key { written[value, default: [value]].insert(key) }
        let person = names.personID(id)
        if persons.contains(person) { owned.append((value, person)) }
        // Whose record it was that names nobody is not known.
        if !person.isEmpty, persons.contains("") { owned.append((value, "")) }
      }
      for (value, person) in owned where counts[value, default: 0] > 1 {
        keys[Owner(table: table.definition.name, person: person), default: []]
          .formUnion(written[value] ?? [value])
      }
    }
  }

  /// The keys under which a record that is gone may stand now, in order.
  func keys(of exception: UnlistedException) -> [String] {
    keys[Owner(table: exception.key.table, person: exception.person), default: []].sorted()
  }
}

extension Table {
  /// The key of a row by its values; nil for a key of texts, which are compared as they are written,
  /// and for one of which a part is missing.
  fileprivate func keyValue(at row: Int, in pool: StringPool) -> String? {
    let key = definition.primaryKey
    guard key.contains(where: { definition.fields[$0].type != .string }) else { return nil }
    let parts = key.map { columns[$0]?.valueText(at: row, in: pool) ?? "" }
    return parts.contains("") ? nil : parts.joined(separator: "|")
  }
}

extension Column {
  /// The value of a cell in one way, however it is written.
  func valueText(at row: Int, in pool: StringPool) -> String {
    switch value(at: row, in: pool) {
    case .absent: ""
    case .string(let text): text.string
    case let value: "\(value)"
    }
  }
}
