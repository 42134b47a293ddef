import Exceptions

/// Values that say nothing, by table and field.
///
/// A search for such values leaves the record out, whatever the value would have shown.
struct UnreadableValues {
  private var ofPeople: [String: DaysByPerson] = [:]
  /// By the record's key: cells that hold something, and cells that hold nothing.
  private var ofRecords: [String: [String: Set<ListedSince>]] = [:]
  private var gapsOfRecords: [String: [String: Set<ListedSince>]] = [:]
  /// Those of records without a key, which are not found again once one of their cells changes.
  private(set) var ofUnkeyed: [String: DaysByPerson] = [:]
  /// All of them, whoever they belong to.
  private var ofAll: [String: Set<ListedSince>] = [:]

  /// Whether a constraint reports a cell that says nothing.
  ///
  /// That is no value, one that is not of its type, a code on no list, or a value out of bounds,
  /// such as a future date for something that has happened, or one that is not written as such
  /// values are: a number that two children have is no longer the other's where it has lost a digit
  /// in the record of one, and will be again. What such a cell would have shown is not known,
  /// whatever a rule makes of it.
  static func areReported(by constraint: RuleReport) -> Bool {
    ConstraintEnding.ofCells.contains { $0.isEnd(of: constraint.name) }
  }

  /// Notes since when a constraint has listed a value of a person's.
  mutating func learn(
    _ exception: CaseException, _ rule: RuleReport, of person: UnreadWord, since day: ListedSince
  ) {
    let field = "\(exception.table).\(exception.field)"
    // Where the key or the reference cannot be read, it is not known whose record it is.
    let person = rule.isOfKey ? UnreadWord("") : person
    ofPeople[field, default: DaysByPerson()].insert(day, of: person)
    if ConstraintEnding.required.isEnd(of: rule.name) {
      gapsOfRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    } else {
      ofRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    }
    ofAll[field, default: []].insert(day)
    if RecordForm.line.isForm(of: exception.recordID) {
      ofUnkeyed[field, default: DaysByPerson()].insert(day, of: person)
    }
  }

  /// Whether a value that the rule looks at cannot be read now, but could when the exception was
  /// last listed.
  ///
  /// It may be in the exception's own record, in its person's or in any other that may count.
  func mayHide(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    // A group of a limit is no record.
    let own = rule.kind == .limit ? [] : [spell.key.table]
    let found = Set(rule.comparesWith + own).flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        ofAll[field].map { (table: table, field: field, days: $0) }
      }
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    // Another constraint reports now that the cell is empty; what was wrong with its value before
    // no longer is.
    let ofOwn = rule.kind == .constraint ? [ofRecords] : [ofRecords, gapsOfRecords]
    return found.contains { table, field, days in
      if table == spell.key.table,
        ofOwn.contains(where: { $0[field]?[spell.key.record]?.isSince(spell.opened(runs)) == true })
      {
        return true
      }
      guard rule.comparesWith.contains(table) else { return false }
      if spell.person.isEmpty || rule.comparesWithAnybodys.contains(table), days.isWithin(runs) {
        return true
      }
      return ofPeople[field]?.mayHide(spell, since: spell.opened(runs), runs) ?? false
    }
  }
}
