import Exceptions

/// References that lead nowhere or are missing, by table and field.
///
/// A child's records have such references once the child has another number. A search leaves
/// these records out, too.
struct StrayReferences {
  private var ofPeople: [String: DaysByPerson] = [:]
  /// The same by the record's key.
  private var ofRecords: [String: [String: Set<ListedSince>]] = [:]

  /// Notes since when a reference has led nowhere.
  mutating func learn(_ exception: CaseException, since day: ListedSince) {
    // A person number that nobody has names nobody.
    let isOfNobody = areSameBytes(exception.value, exception.personID)
    for field in exception.field.split(separator: "|") {
      let name = "\(exception.table).\(field)"
      ofPeople[name, default: DaysByPerson()].insert(day, of: UnreadWord(exception.personID))
      if isOfNobody { ofPeople[name, default: DaysByPerson()].insert(day, of: UnreadWord("")) }
      ofRecords[name, default: [:]][exception.recordID, default: []].insert(day)
    }
  }

  /// Whether a record refers to nothing now, but did when the exception was last listed.
  ///
  /// That may be its own record, where its rule looks beyond that, or one that its rule looks
  /// through and that names its person or nobody.
  func mayHide(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    let looksBeyond =
      ![.constraint, .limit].contains(rule.kind) && rule.reads != [spell.key.table]
    let own =
      looksBeyond
      ? rule.fields.filter { $0.hasPrefix(spell.key.table + ".") }
        .compactMap { ofRecords[$0]?[spell.key.record] } : []
    let others = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        ofPeople[field].map { (table: table, days: $0) }
      }
    }
    if own.isEmpty, others.isEmpty { return false }
    let runs = try unlisted(spell)
    return own.contains { $0.isSince(spell.opened(runs)) }
      || others.contains { table, days in
        if spell.person.isEmpty || rule.comparesWithAnybodys.contains(table), days.isWithin(runs) {
          return true
        }
        return days.mayHide(spell, since: spell.opened(runs), runs)
      }
  }
}
