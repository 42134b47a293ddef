import Exceptions
import Expressions
import Extracts
import Rulebooks
import Values

/// Whose the records are whose exceptions a run no longer lists.
extension RunEvidence {
  /// The places of exceptions whose key is now that of another child's record, while their own child
  /// is still there.
  ///
  /// What was listed of the one child is not shown by the record of another. If the child is not
  /// there any more, it has another number now. Where the rule asks whose the record is, the other
  /// child may be the right one.
  func placesOfOthers(
    _ exceptions: [UnlistedException], _ evidence: [Evidence], _ rows: [Record: [RowID]]
  ) -> [Int] {
    let names = RecordNames(dataset: context.dataset)
    let places = exceptions.indices.filter { place in
      guard [.inOrder, .done, .leftOut, .ofDouble].contains(evidence[place]),
        !exceptions[place].person.isEmpty,
        let own = rows[Record(exceptions[place].key)],
        let table = own.first.map({ Int($0.table) }), !asksWhose(exceptions[place].key.rule, table)
      else { return false }
      return own.allSatisfy { row in
        let person = names.personID(row)
        return !person.isEmpty && !names.isOf(exceptions[place].person, row)
      }
    }
    if places.isEmpty { return [] }
    func others(_ place: Int) -> [String] {
      (rows[Record(exceptions[place].key)] ?? []).map { names.personID($0) }
    }
    let asked = places.flatMap { others($0) + [exceptions[$0].person] }
    // Where no table says which children there are, each number is taken to be a child's.
    let known = areChildrenListed ? personsKnown(among: Set(asked), names) : Set(asked)
    // A number that no child has names nobody else.
    return places.filter {
      known.contains(exceptions[$0].person) && others($0).allSatisfy(known.contains)
    }
  }

  /// Whether what a rule or constraint lists is the cell that says whose a table's record is, or its
  /// key.
  private func asksWhose(_ name: String, _ table: Int) -> Bool {
    let definition = context.rulebook.tables[table].definition
    guard let person = definition.person else { return false }
    guard let rule = context.rulebook.rule(named: name) else {
      return ConstraintRule.named(name, of: definition).map { constraint in
        switch constraint.kind {
        case .key: true
        case .cell(let field, _), .unique(let field): field == person
        case .reference(let key): definition.foreignKeys[key].fields.contains(person)
        case .row: false
        }
      } ?? false
    }
    guard case .check(let check) = rule.kind, rule.table == table else { return false }
    return (check.field ?? firstField(of: check.expression.node, table)) == person
  }

  /// The first field of the judged record that an expression reads, directly or by derived columns.
  ///
  /// A rule that only goes through the child to other records reads none.
  private func firstField(of node: CheckedExpression.Node, _ table: Int) -> Int? {
    var found: Int?
    node.walk { step in
      if found != nil { return }
      switch step {
      case .field(of: .variable(0), table, let field): found = field
      case .derived(of: .variable(0), table, let column):
        let expression = context.rulebook.tables[table].derived[column].expression
        found = firstField(of: expression.node, table)
      default: break
      }
    }
    return found
  }

  /// The numbers that children have now whose numbers are no child's any more, by the old ones.
  ///
  /// Two records of a child that were made one, or a case system that was replaced, take a number
  /// away. The child's own records say which has come in its place; where one of them still has the
  /// old number, another has only been moved. Where several records had one key, the one that has it
  /// now may always have been another child's, and says nothing.
  func newNumbers(
    of exceptions: [UnlistedException], _ rows: [Record: [RowID]]
  ) -> [String: String] {
    let names = RecordNames(dataset: context.dataset)
    let shared = sharedKeys(exceptions)
    var named: [String: Set<String>] = [:]
    for exception in exceptions
    where !exception.person.isEmpty && !shared.contains(Record(exception.key)) {
      for row in rows[Record(exception.key)] ?? [] where !names.isOf(exception.person, row) {
        named[exception.person, default: []].insert(names.personID(row))
      }
    }
    if named.isEmpty { return [:] }
    let known = personsKnown(
      among: Set(named.keys).union(named.values.flatMap(\.self)), names)
    let numbers = named.compactMapValues { others in
      others.count == 1 ? others.first.flatMap { known.contains($0) ? $0 : nil } : nil
    }.filter { !known.contains($0.key) }
    let stillNamed = numbersNamed(among: Set(numbers.keys), names)
    return numbers.filter { !stillNamed.contains($0.key) }
  }

  /// The records that were listed for having the key of another, or beside another of their key.
  private func sharedKeys(_ exceptions: [UnlistedException]) -> Set<Record> {
    Set(
      exceptions.lazy.map(\.key).filter { key in
        key.ordinal > 0 || key.rule == ConstraintEnding.key.name(of: key.table)
      }.map { Record($0) })
  }

  /// Those of some numbers that a record of any table still names.
  private func numbersNamed(among numbers: Set<String>, _ names: RecordNames) -> Set<String> {
    var named: Set<String> = []
    if numbers.isEmpty { return named }
    for (number, table) in context.dataset.tables.enumerated() {
      for row in 0..<Int32(table.rowCount) {
        let person = names.personID(RowID(table: Int32(number), row: row))
        if numbers.contains(person) { named.insert(person) }
      }
    }
    return named
  }

  /// Whether a table says which children there are.
  var areChildrenListed: Bool {
    context.dataset.tables.contains { $0.rowCount > 0 && isOfPersons($0) }
  }

  func isOfPersons(_ table: Table) -> Bool {
    table.definition.person.map { table.definition.primaryKey == [$0] } ?? false
  }

  /// Those of some persons of whom a table of persons has a record.
  ///
  /// Where numbers are whole numbers, `0012` is `12`.
  func personsKnown(among persons: Set<String>, _ names: RecordNames) -> Set<String> {
    var known: Set<String> = []
    var spellings: [Int64: [String]] = [:]
    for person in persons {
      guard let value = Int64(person.filter { !$0.isWhitespace }) else { continue }
      spellings[value, default: []].append(person)
    }
    for (number, table) in context.dataset.tables.enumerated() where isOfPersons(table) {
      for row in 0..<Int32(table.rowCount) {
        let name = names.personID(RowID(table: Int32(number), row: row))
        if persons.contains(name) { known.insert(name) }
        guard let field = table.definition.person,
          case .integer(let value)? = table.columns[field]?.value(
            at: Int(row), in: context.dataset.pool)
        else { continue }
        known.formUnion(spellings[value] ?? [])
      }
    }
    return known
  }
}
