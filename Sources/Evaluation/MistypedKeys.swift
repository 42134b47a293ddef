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
  /// The keys of records that name no child, by table: each may have been any child's.
  private var ofNobody: [String: [String]] = [:]

  /// Looks through the tables in which a record is gone.
  ///
  /// `known` gives those of some numbers that a child has: what names nobody may be anybody's.
  init(
    among exceptions: [UnlistedException], _ evidence: [Evidence], in context: EvaluationContext,
    known: (Set<String>) -> Set<String>
  ) {
    var wanted: [String: Set<String>] = [:]
    for (exception, found) in zip(exceptions, evidence) where found == .gone {
      wanted[exception.key.table, default: []].insert(exception.person)
    }
    for (number, table) in context.dataset.tables.enumerated() {
      guard let persons = wanted[table.definition.name] else { continue }
      let doubles = DoubleKeys(of: table, number, in: context)
      let strangers = doubles.persons.subtracting(known(doubles.persons))
      var ofNobody: Set<String> = []
      for (person, written) in doubles.rows {
        // Whose record it was that names nobody is not known either.
        if strangers.contains(person) {
          ofNobody.formUnion(written)
          continue
        }
        for owner in persons.intersection([person, ""]) {
          keys[Owner(table: table.definition.name, person: owner), default: []]
            .formUnion(written)
        }
      }
      self.ofNobody[table.definition.name] = ofNobody.sorted()
    }
  }

  /// What is known of a record that is gone: the keys under which it may stand now, in order.
  func evidence(on exception: UnlistedException) -> Evidence {
    let own = keys[Owner(table: exception.key.table, person: exception.person), default: []]
    let others = ofNobody[exception.key.table] ?? []
    return own.isEmpty && others.isEmpty
      ? .gone : .goneOrMistyped(as: own.sorted(), ofNobody: others)
  }
}

/// The rows of a table whose key other rows have, too.
private struct DoubleKeys {
  /// Whose each row is, and the ways in which its key is written, such as `0012` and `12`.
  var rows: [(person: String, written: Set<String>)] = []
  /// The children named.
  var persons: Set<String> { Set(rows.map(\.person)) }

  init(of table: Table, _ number: Int, in context: EvaluationContext) {
    guard let index = context.keys[number] else { return }
    let names = RecordNames(dataset: context.dataset)
    let doubles = Set(index.repeats.flatMap { [$0.first, $0.row] })
    let rowsOf = Dictionary(grouping: doubles.sorted()) { row in
      table.keyValue(at: Int(row), in: context.dataset.pool)
        ?? names.recordID(RowID(table: Int32(number), row: row))
    }
    for (value, found) in rowsOf {
      let ids = found.map { RowID(table: Int32(number), row: $0) }
      let written = Set(ids.map { names.recordID($0) }).union([value])
      rows += ids.map { (names.personID($0), written) }
    }
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
