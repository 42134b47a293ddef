import Exceptions

/// Records whose key is missing, cannot be right or is others' as well.
struct DoubtfulKeys {
  /// Records whose key is missing or cannot be right, by table: each may be one that can no longer
  /// be found.
  private var keyless: [String: DaysByPerson] = [:]
  /// The same, and records whose key others have as well, by table and key field.
  ///
  /// A search for a child's other records passes over them.
  private var passedOver: [String: DaysByPerson] = [:]
  /// Keys that several records have, by table.
  private var doubled: [String: [String: Set<ListedSince>]] = [:]
  /// The key fields of these tables, as `table.field`.
  private var fields: Set<String> = []

  /// Notes since when a constraint of a table's own key has listed what cannot be a key.
  mutating func learn(
    wrong exception: CaseException, of person: UnreadWord, since day: ListedSince
  ) {
    // Where the key is the child's number, it is not known whose record it is.
    let isOfNobody = areSameBytes(exception.value, exception.personID)
    keyless[exception.table, default: DaysByPerson()]
      .insert(day, of: isOfNobody ? UnreadWord("") : person)
  }

  /// Notes since when a record has been listed that has no key, or one that others have as well.
  mutating func learn(
    missing exception: CaseException, of person: UnreadWord, since day: ListedSince
  ) {
    let names = exception.field.split(separator: "|").map { "\(exception.table).\($0)" }
    for name in names { passedOver[name, default: DaysByPerson()].insert(day, of: person) }
    if RecordForm.line.isForm(of: exception.recordID) {
      fields.formUnion(names)
      keyless[exception.table, default: DaysByPerson()].insert(day, of: person)
    } else {
      doubled[exception.table, default: [:]][exception.recordID, default: []].insert(day)
    }
  }

  /// Whether one of these keys stands in a table several times since a run, and not before.
  func haveDoubled(_ keys: [String], in table: String, since first: Int32) -> Bool {
    keys.contains { doubled[table]?[$0]?.isSince(first) ?? false }
  }

  /// Whether a record of the child's or of nobody's that its rule looks for lacks a key of its own.
  func mayHide(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    let found = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { passedOver[$0] }
    }
    if found.isEmpty || rule.kind == .constraint { return false }
    let runs = try unlisted(spell)
    return found.contains { $0.mayHide(spell, since: spell.opened(runs), runs) }
  }

  /// Records that may be one of a table with a key which is in no extract any more.
  func ofTable(_ table: String) -> DaysByPerson? { keyless[table] }

  /// Whether a field is of the key of a table that has records without one.
  func isOfKey(_ field: String) -> Bool { fields.contains(field) }
}
