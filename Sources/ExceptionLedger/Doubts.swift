import Exceptions

/// Listed exceptions that may hide others: values that say nothing, references that lead nowhere,
/// records without a key, and records that a limit could not count.
///
/// Each is kept with the runs since which it has been listed.
struct Doubts {
  /// By the person named; what names nobody may be anybody's.
  private typealias Days = [UnreadWord: Set<ListedSince>]

  /// Values that say nothing, by table and field.
  ///
  /// A search for such values leaves the record out, whatever the value would have shown.
  private var values: [String: Days] = [:]
  /// The same by the record's key: cells that hold something, and cells that hold nothing.
  private var valuesOfRecords: [String: [String: Set<ListedSince>]] = [:]
  private var gapsOfRecords: [String: [String: Set<ListedSince>]] = [:]
  /// The same for records without a key, which are not found again once one of their cells changes.
  private var valuesOfUnkeyed: [String: Days] = [:]
  /// The runs of each field, whoever the value belongs to.
  private var valuesOfAll: [String: Set<ListedSince>] = [:]
  /// References that lead nowhere or are missing, by table and field.
  ///
  /// A child's records have such references once the child has another number. A search leaves
  /// these records out, too.
  private var strays: [String: Days] = [:]
  /// The same by the record's key.
  private var straysOfRecords: [String: [String: Set<ListedSince>]] = [:]
  /// Records whose key is missing or cannot be right, by table: each may be one that can no longer
  /// be found.
  private var keyless: [String: Days] = [:]
  /// The same, and records whose key others have as well, by table and key field.
  ///
  /// A search for a child's other records passes over them.
  private var passedOver: [String: Days] = [:]
  /// Keys that several records have, by table.
  private var doubled: [String: [String: Set<ListedSince>]] = [:]
  /// The key fields of these tables, as `table.field`.
  private var keyFields: Set<String> = []
  /// Records that a limit could not group or count, by the limit's name: each may belong to any
  /// group.
  private var uncounted: [String: Set<ListedSince>] = [:]

  /// Records that a rule cannot judge, by its name: each may be one that marked another.
  private var unmarking: [String: Days] = [:]

  /// The numbers that no child has, with the runs since which they have stood in records.
  private var strangers: [String: Set<Int32>] = [:]

  /// Notes a number that no child has.
  mutating func learn(strangerIn exception: CaseException, since day: ListedSince) {
    strangers[exception.personID, default: []].insert(day.opened)
  }

  /// Whether a constraint reports a child's number that no child has.
  static func isOfStranger(_ exception: CaseException) -> Bool {
    ConstraintEnding.reference.isEnd(of: exception.rule)
      && areSameBytes(exception.value, exception.personID)
  }

  /// Whose an exception is; nobody's where its child's number came with it and is no child's.
  ///
  /// A number that has named nobody for longer is no slip of the same night.
  private func owner(_ exception: CaseException, _ day: ListedSince) -> UnreadWord {
    let isStranger = strangers[exception.personID]?.contains(day.opened) ?? false
    return UnreadWord(isStranger ? "" : exception.personID)
  }

  /// Whether an exception gives rise to a doubt; only for these is it asked since when they are
  /// listed.
  static func arise(from exception: CaseException, of rule: RuleReport) -> Bool {
    switch rule.kind {
    case .constraint: mayArise(from: rule) || exception.record.blocks != 0
    // A group that cannot be judged casts doubt on no other group.
    case .limit: exception.status == .cannotJudge && exception.record.row >= 0
    default: rule.marksOthers && exception.status == .cannotJudge
    }
  }

  /// Whether what a constraint lists may hide other exceptions.
  static func mayArise(from rule: RuleReport) -> Bool {
    rule.kind == .constraint
      && (tellsOfNoValue(rule) || ConstraintEnding.reference.isEnd(of: rule.name)
        || ConstraintEnding.key.isEnd(of: rule.name) || rule.isOfOwnKey)
  }

  /// Whether a constraint reports a cell that says nothing.
  ///
  /// That is no value, one that is not of its type, a code on no list, or a value out of bounds,
  /// such as a future date for something that has happened, or one that is not written as such
  /// values are: a number that two children have is no longer the other's where it has lost a digit
  /// in the record of one, and will be again. What such a cell would have shown is not known,
  /// whatever a rule makes of it.
  private static func tellsOfNoValue(_ constraint: RuleReport) -> Bool {
    ConstraintEnding.ofCells.contains { $0.isEnd(of: constraint.name) }
  }

  private static func isKeyless(_ exception: CaseException) -> Bool {
    ConstraintEnding.key.isEnd(of: exception.rule) && RecordForm.line.isForm(of: exception.recordID)
  }

  /// Notes since when an exception has been listed.
  mutating func learn(_ exception: CaseException, _ rule: RuleReport, since day: ListedSince) {
    if rule.kind == .limit {
      uncounted[rule.name, default: []].insert(day)
      return
    }
    guard rule.kind == .constraint else {
      unmarking[rule.name, default: [:]][owner(exception, day), default: []].insert(day)
      return
    }
    for blocked in exception.blocks { uncounted[blocked, default: []].insert(day) }
    if Self.tellsOfNoValue(rule) { learn(value: exception, rule, day) }
    let isRequired = ConstraintEnding.required.isEnd(of: rule.name)
    if ConstraintEnding.reference.isEnd(of: rule.name) || (isRequired && rule.isOfKey) {
      learn(stray: exception, day)
    }
    if rule.isOfOwnKey, !isRequired {
      // Where the key is the child's number, it is not known whose record it is.
      let isOfNobody = areSameBytes(exception.value, exception.personID)
      let person = isOfNobody ? UnreadWord("") : owner(exception, day)
      keyless[exception.table, default: [:]][person, default: []].insert(day)
    }
    guard ConstraintEnding.key.isEnd(of: rule.name) else { return }
    for field in exception.field.split(separator: "|") {
      passedOver["\(exception.table).\(field)", default: [:]][owner(exception, day), default: []]
        .insert(day)
    }
    if Self.isKeyless(exception) {
      for field in exception.field.split(separator: "|") {
        keyFields.insert("\(exception.table).\(field)")
      }
      keyless[exception.table, default: [:]][owner(exception, day), default: []].insert(day)
    } else {
      doubled[exception.table, default: [:]][exception.recordID, default: []].insert(day)
    }
  }

  /// Whether one of these keys stands in a table several times since a run, and not before.
  func haveDoubled(_ keys: [String], in table: String, since first: Int32) -> Bool {
    keys.contains { doubled[table]?[$0]?.isSince(first) ?? false }
  }

  private mutating func learn(
    value exception: CaseException, _ rule: RuleReport, _ day: ListedSince
  ) {
    let field = "\(exception.table).\(exception.field)"
    // Where the key or the reference cannot be read, it is not known whose record it is.
    let person = rule.isOfKey ? UnreadWord("") : owner(exception, day)
    values[field, default: [:]][person, default: []].insert(day)
    if ConstraintEnding.required.isEnd(of: rule.name) {
      gapsOfRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    } else {
      valuesOfRecords[field, default: [:]][exception.recordID, default: []].insert(day)
    }
    valuesOfAll[field, default: []].insert(day)
    if RecordForm.line.isForm(of: exception.recordID) {
      valuesOfUnkeyed[field, default: [:]][person, default: []].insert(day)
    }
  }

  private mutating func learn(stray exception: CaseException, _ day: ListedSince) {
    // A person number that nobody has names nobody.
    let isOfNobody = areSameBytes(exception.value, exception.personID)
    for field in exception.field.split(separator: "|") {
      let name = "\(exception.table).\(field)"
      strays[name, default: [:]][UnreadWord(exception.personID), default: []].insert(day)
      if isOfNobody { strays[name, default: [:]][UnreadWord(""), default: []].insert(day) }
      straysOfRecords[name, default: [:]][exception.recordID, default: []].insert(day)
    }
  }

  /// Whether a doubt may be why an exception is not listed although its record is there, in order
  /// or left out.
  ///
  /// `unlisted` are the runs from the first that did not list it to the first that found it so.
  func touch(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    if try mayBeUnreadable(spell, rule, unlisted) { return true }
    if try mayBePassedOver(spell, rule, unlisted) { return true }
    if try mayBeAstray(spell, rule, unlisted) { return true }
    if let days = unmarking[rule.name] {
      let runs = try unlisted(spell)
      if mayHide(spell, days, since: spell.opened(runs), runs) { return true }
    }
    guard rule.kind == .limit, let days = uncounted[rule.name] else { return false }
    return days.isWithin(try unlisted(spell))
  }

  /// Whether a value that the rule looks at cannot be read now, but could when the exception was
  /// last listed.
  ///
  /// It may be in the exception's own record, in its person's or in any other that may count.
  private func mayBeUnreadable(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    // A group of a limit is no record.
    let own = rule.kind == .limit ? [] : [spell.key.table]
    let found = Set(rule.comparesWith + own).flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        valuesOfAll[field].map { (table: table, field: field, days: $0) }
      }
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    // Another constraint reports now that the cell is empty; what was wrong with its value before
    // no longer is.
    let ofOwn = rule.kind == .constraint ? [valuesOfRecords] : [valuesOfRecords, gapsOfRecords]
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
      return values[field].map { mayHide(spell, $0, since: spell.opened(runs), runs) } ?? false
    }
  }

  /// Whether a record of the child's or of nobody's that its rule looks for lacks a key of its own.
  private func mayBePassedOver(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    let found = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { passedOver[$0] }
    }
    if found.isEmpty || rule.kind == .constraint { return false }
    let runs = try unlisted(spell)
    return found.contains { mayHide(spell, $0, since: spell.opened(runs), runs) }
  }

  /// Whether values of a field, by person, may hide what an exception was listed for.
  ///
  /// The child's own count whenever they have gone bad since a run. Values that name nobody count
  /// only if they had gone bad by the first run that found the record in order: later ones could
  /// still be read then, and showed nothing. Somebody makes such a slip every day; counting them all
  /// would keep everything in doubt.
  private func mayHide(
    _ spell: Spell, _ days: Days, since first: Int32, _ runs: ClosedRange<Int32>
  ) -> Bool {
    if days[UnreadWord("")]?.isWithin(runs) == true { return true }
    return !spell.person.isEmpty && days[UnreadWord(spell.person)]?.isSince(first) == true
  }

  /// Whether a record refers to nothing now, but did when the exception was last listed.
  ///
  /// That may be its own record, where its rule looks beyond that, or one that its rule looks
  /// through and that names its person or nobody.
  private func mayBeAstray(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    let looksBeyond =
      ![.constraint, .limit].contains(rule.kind) && rule.reads != [spell.key.table]
    let own =
      looksBeyond
      ? rule.fields.filter { $0.hasPrefix(spell.key.table + ".") }
        .compactMap { straysOfRecords[$0]?[spell.key.record] } : []
    let others = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        strays[field].map { (table: table, days: $0) }
      }
    }
    if own.isEmpty, others.isEmpty { return false }
    let runs = try unlisted(spell)
    return own.contains { $0.isSince(spell.opened(runs)) }
      || others.contains { table, days in
        if spell.person.isEmpty || rule.comparesWithAnybodys.contains(table),
          days.values.contains(where: { $0.isWithin(runs) })
        {
          return true
        }
        return mayHide(spell, days, since: spell.opened(runs), runs)
      }
  }

  /// Whether a record with an unreadable value, or without its key, may be the one that is in no
  /// extract any more.
  func mayHide(
    theRecordOf spell: Spell, _ rule: RuleReport,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard rule.kind != .limit else { return false }
    let found: [Days]
    if spell.recordNames == nil {
      // A record that never had a key is not hidden by the lack of one.
      found = rule.fields.filter { $0.hasPrefix(spell.key.table + ".") && !keyFields.contains($0) }
        .compactMap { valuesOfUnkeyed[$0] }
    } else {
      found = keyless[spell.key.table].map { [$0] } ?? []
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { days in
      mayHide(spell, days, since: runs.lowerBound, runs)
        || (spell.person.isEmpty && days.values.contains { $0.isSince(runs.lowerBound) })
    }
  }
}
