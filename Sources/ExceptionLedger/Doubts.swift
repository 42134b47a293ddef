import Exceptions

/// Listed exceptions that may hide others: values that say nothing, references that lead nowhere,
/// records without a key, and records that a limit could not count.
///
/// Each is kept with the runs since which it has been listed.
struct Doubts {
  private var values = UnreadableValues()
  private var references = StrayReferences()
  private var keys = DoubtfulKeys()
  /// Records that a limit could not group or count, by the limit's name: each may belong to any
  /// group.
  private var uncounted: [String: Set<ListedSince>] = [:]
  /// Records that a rule cannot judge, by its name: each may be one that marked another.
  private var unmarking: [String: DaysByPerson] = [:]
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
      && (UnreadableValues.areReported(by: rule) || ConstraintEnding.reference.isEnd(of: rule.name)
        || ConstraintEnding.key.isEnd(of: rule.name) || rule.isOfOwnKey)
  }

  /// Notes since when an exception has been listed.
  mutating func learn(_ exception: CaseException, _ rule: RuleReport, since day: ListedSince) {
    if rule.kind == .limit {
      uncounted[rule.name, default: []].insert(day)
      return
    }
    let person = owner(exception, day)
    guard rule.kind == .constraint else {
      unmarking[rule.name, default: DaysByPerson()].insert(day, of: person)
      return
    }
    for blocked in exception.blocks { uncounted[blocked, default: []].insert(day) }
    if UnreadableValues.areReported(by: rule) {
      values.learn(exception, rule, of: person, since: day)
    }
    let isRequired = ConstraintEnding.required.isEnd(of: rule.name)
    if ConstraintEnding.reference.isEnd(of: rule.name) || (isRequired && rule.isOfKey) {
      references.learn(exception, since: day)
    }
    if rule.isOfOwnKey, !isRequired { keys.learn(wrong: exception, of: person, since: day) }
    if ConstraintEnding.key.isEnd(of: rule.name) {
      keys.learn(missing: exception, of: person, since: day)
    }
  }

  /// Whether one of these keys stands in a table several times since a run, and not before.
  func haveDoubled(_ keys: [String], in table: String, since first: Int32) -> Bool {
    self.keys.haveDoubled(keys, in: table, since: first)
  }

  /// Whether a doubt may be why an exception is not listed although its record is there, in order
  /// or left out.
  ///
  /// `unlisted` are the runs from the first that did not list it to the first that found it so.
  func touch(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    if try values.mayHide(spell, rule, unlisted) { return true }
    if try keys.mayHide(spell, rule, unlisted) { return true }
    if try references.mayHide(spell, rule, unlisted) { return true }
    if let days = unmarking[rule.name] {
      let runs = try unlisted(spell)
      if days.mayHide(spell, since: spell.opened(runs), runs) { return true }
    }
    guard rule.kind == .limit, let days = uncounted[rule.name] else { return false }
    return days.isWithin(try unlisted(spell))
  }

  /// Whether a record with an unreadable value, or without its key, may be the one that is in no
  /// extract any more.
  func mayHide(
    theRecordOf spell: Spell, _ rule: RuleReport,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard rule.kind != .limit else { return false }
    let found: [DaysByPerson]
    if spell.recordNames == nil {
      // A record that never had a key is not hidden by the lack of one.
      found = rule.fields.filter { $0.hasPrefix(spell.key.table + ".") && !keys.isOfKey($0) }
        .compactMap { values.ofUnkeyed[$0] }
    } else {
      found = keys.ofTable(spell.key.table).map { [$0] } ?? []
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { days in
      days.mayHide(spell, since: runs.lowerBound, runs)
        || (spell.person.isEmpty && days.isSince(runs.lowerBound))
    }
  }
}
