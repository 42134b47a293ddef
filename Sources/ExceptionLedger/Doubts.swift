import Exceptions

/// What a run lists that may hide what others were listed for: values that say nothing, references
/// that lead nowhere, records without a key, and records that a limit could not count; each with
/// the runs since which it is listed.
struct Doubts {
  /// By the persons that are named; what names nobody may be anybody's.
  private typealias Days = [UnreadWord: Set<ListedSince>]

  /// Values that say nothing, by table and field: a search for such values leaves the record out,
  /// whatever it would have shown.
  private var values: [String: Days] = [:]
  /// The same for each record, by its key: those that hold something, and those that hold nothing.
  private var valuesOfRecords: [String: [String: Set<ListedSince>]] = [:]
  private var gapsOfRecords: [String: [String: Set<ListedSince>]] = [:]
  /// The same of records without a key: one of which a cell reads otherwise is found no more.
  private var valuesOfUnkeyed: [String: Days] = [:]
  /// These runs of each field, whoever's the value is.
  private var valuesOfAll: [String: Set<ListedSince>] = [:]
  /// Records that refer to nothing, or none, as those of a child do who has another number now, by
  /// table and field: a search leaves them out, too.
  private var strays: [String: Days] = [:]
  /// The same for each record, by its key.
  private var straysOfRecords: [String: [String: Set<ListedSince>]] = [:]
  /// Records whose key is missing, by their tables: each may be one that is found no more.
  private var keyless: [String: Days] = [:]
  /// The fields of the keys of these tables, by table and field.
  private var keyFields: Set<String> = []
  /// Records that a limit could not put into a group or count, by its name: each may be any
  /// group's.
  private var uncounted: [String: Set<ListedSince>] = [:]

  /// Whether an exception gives rise to any: of the others nobody asks since when they are listed.
  static func arise(from exception: CaseException, of rule: RuleReport) -> Bool {
    switch rule.kind {
    case "constraint":
      tellsOfNoValue(rule) || rule.name.hasSuffix(".reference") || isKeyless(exception)
        || exception.record.blocks != 0
    // A group that cannot be judged is that group's own matter.
    case "limit": exception.status == .cannotJudge && exception.record.row >= 0
    default: false
    }
  }

  /// Whether a constraint tells of a cell that says nothing.
  ///
  /// No value, none of its type, a code of no list, a day to come for what has happened: what such
  /// a cell would have shown is not known, whatever a rule makes of it.
  private static func tellsOfNoValue(_ constraint: RuleReport) -> Bool {
    [".required", ".type", ".enum", ".minimum", ".maximum"].contains {
      constraint.name.hasSuffix($0)
    }
  }

  private static func isKeyless(_ exception: CaseException) -> Bool {
    exception.rule.hasSuffix(".key") && exception.recordID.hasPrefix("line:")
  }

  /// Takes over since when an exception is listed.
  mutating func learn(_ exception: CaseException, _ rule: RuleReport, since day: ListedSince) {
    guard rule.kind == "constraint" else {
      uncounted[rule.name, default: []].insert(day)
      return
    }
    for blocked in exception.blocks { uncounted[blocked, default: []].insert(day) }
    if Self.tellsOfNoValue(rule) { learn(value: exception, rule, day) }
    if rule.name.hasSuffix(".reference") || (rule.name.hasSuffix(".required") && rule.isOfKey) {
      learn(stray: exception, day)
    }
    if Self.isKeyless(exception) {
      for field in exception.field.split(separator: "|") {
        keyFields.insert("\(exception.table).\(field)")
      }
      keyless[exception.table, default: [:]][UnreadWord(exception.personID), default: []]
        .insert(day)
    }
  }

  private mutating func learn(
    value exception: CaseException, _ rule: RuleReport, _ day: ListedSince
  ) {
    let field = "\(exception.table).\(exception.field)"
    // Of one whose reference cannot be read just what says whose it is is not known.
    let person = UnreadWord(rule.isOfKey ? "" : exception.personID)
    values[field, default: [:]][person, default: []].insert(day)
    if rule.name.hasSuffix(".required") {
      gapsOfRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    } else {
      valuesOfRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    }
    valuesOfAll[field, default: []].insert(day)
    if exception.recordID.hasPrefix("line:") {
      valuesOfUnkeyed[field, default: [:]][person, default: []].insert(day)
    }
  }

  private mutating func learn(stray exception: CaseException, _ day: ListedSince) {
    // A number that no person has names nobody.
    let isOfNobody = areSameBytes(exception.value, exception.personID)
    for field in exception.field.split(separator: "|") {
      let name = "\(exception.table).\(field)"
      strays[name, default: [:]][UnreadWord(exception.personID), default: []].insert(day)
      if isOfNobody { strays[name, default: [:]][UnreadWord(""), default: []].insert(day) }
      straysOfRecords[name, default: [:]][exception.recordID, default: []].insert(day)
    }
  }

  /// Whether one of them may be why an exception is not listed whose record is there, and in order
  /// or left out.
  ///
  /// `unlisted` are the runs from the first that did not list it up to the first that found it so.
  func touch(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    if try mayBeUnreadable(spell, rule, unlisted) { return true }
    if try mayBeAstray(spell, rule, unlisted) { return true }
    guard rule.kind == "limit", let days = uncounted[rule.name] else { return false }
    return days.isWithin(try unlisted(spell))
  }

  /// Whether a value that its rule looks at, in its own record, in its person's or in any where
  /// that may count, cannot be read now, and could when the exception was listed last.
  private func mayBeUnreadable(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    // A group of a limit is no record.
    let own = rule.kind == "limit" ? [] : [spell.key.table]
    let found = Set(rule.comparesWith + own).flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        valuesOfAll[field].map { (table: table, field: field, days: $0) }
      }
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    // That a cell holds nothing is what another constraint of it says now: what was wrong with it
    // before is no more.
    let ofOwn = rule.kind == "constraint" ? [valuesOfRecords] : [valuesOfRecords, gapsOfRecords]
    return found.contains { table, field, days in
      if table == spell.key.table,
        ofOwn.contains(where: { $0[field]?[spell.key.record]?.isSince(runs.lowerBound) == true })
      {
        return true
      }
      guard rule.comparesWith.contains(table) else { return false }
      if spell.person.isEmpty || rule.comparesWithAnybodys.contains(table) {
        return days.isWithin(runs)
      }
      return values[field].map { mayHide(spell, $0, runs) } ?? false
    }
  }

  /// Whether values of a field, by persons, may hide what an exception was listed for.
  ///
  /// Of the child's own each does that has gone bad since; of those that name nobody only what had
  /// by the first run that found the record in order: others could be read then, and showed
  /// nothing. Somebody's slip is there each day.
  private func mayHide(_ spell: Spell, _ days: Days, _ runs: ClosedRange<Int32>) -> Bool {
    if days[UnreadWord("")]?.isWithin(runs) == true { return true }
    return !spell.person.isEmpty
      && days[UnreadWord(spell.person)]?.isSince(runs.lowerBound) == true
  }

  /// Whether its own record, where its rule looks beyond that, or one that its rule looks through
  /// and that names its person or nobody, refers to nothing now, when it did as the exception was
  /// listed last.
  private func mayBeAstray(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    let looksBeyond =
      !["constraint", "limit"].contains(rule.kind) && rule.reads != [spell.key.table]
    let own =
      looksBeyond
      ? rule.fields.filter { $0.hasPrefix(spell.key.table + ".") }
        .compactMap { straysOfRecords[$0]?[spell.key.record] } : []
    let others = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { strays[$0] }
    }
    if own.isEmpty, others.isEmpty { return false }
    let runs = try unlisted(spell)
    return own.contains { $0.isSince(runs.lowerBound) }
      || others.contains { mayHide(spell, $0, runs) }
  }

  /// Whether a record of which a value cannot be read now, or whose key is missing, may be one that
  /// is in no extract any more.
  func mayHide(
    theRecordOf spell: Spell, _ rule: RuleReport,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard rule.kind != "limit" else { return false }
    let found: [Days]
    if spell.recordNames == nil {
      // That its key is missing, as it always has been, hides nothing.
      found = rule.fields.filter { $0.hasPrefix(spell.key.table + ".") && !keyFields.contains($0) }
        .compactMap { valuesOfUnkeyed[$0] }
    } else {
      found = keyless[spell.key.table].map { [$0] } ?? []
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { days in
      mayHide(spell, days, runs)
        || (spell.person.isEmpty && days.values.contains { $0.isSince(runs.lowerBound) })
    }
  }
}

extension Set<ListedSince> {
  fileprivate func isSince(_ first: Int32) -> Bool { contains { $0.isSince(first) } }

  fileprivate func isWithin(_ runs: ClosedRange<Int32>) -> Bool {
    contains { $0.isSince(runs.lowerBound, upTo: runs.upperBound) }
  }
}
