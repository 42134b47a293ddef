internal import Exceptions
internal import WorkingTime

/// Decides what becomes of exceptions that a run does not list: nothing is closed without evidence.
struct Settlement {
  /// The rules whose silence can show that something was put right: they were evaluated, and every table
  /// that they read was there and whole.
  let settlingRules: Set<String>
  private let rules: [String: RuleReport]
  private let removed: Set<String>
  /// The records that could not be read, by table.
  private var unread: [String: UnreadRecords]

  /// The persons whose records have a value that could not be read, or is none that its field may have, by table and field,
  /// with the runs since which one is listed.
  ///
  /// A search for such values leaves the record out, whatever it would have shown. What is nobody's may be anybody's, as is a
  /// record of which just what says whose it is cannot be read.
  private var unreadable: [String: [UnreadWord: Set<Int32>]] = [:]
  /// The same for each record, by its key.
  private var unreadableOfRecord: [String: [String: Set<Int32>]] = [:]
  /// The same of records without a key: one of which a cell reads otherwise is found no more.
  private var unreadableUnkeyed: [String: [UnreadWord: Set<Int32>]] = [:]
  /// The persons named by records that refer to nothing, or none, as those of a child do who has another number now, by table and
  /// field likewise: a search leaves them out, too.
  private var astray: [String: [UnreadWord: Set<Int32>]] = [:]
  /// These runs of each field, whoever's the value is.
  private var unreadableOfAll: [String: Set<Int32>] = [:]

  init(_ report: RunReport) {
    let tables = Dictionary(
      (report.tables + report.earlierTables).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    rules = Dictionary(
      report.rules.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    // A file that could not even be opened may have been any table's: then nothing can be shown.
    let isAllKnown = report.faults.allSatisfy { !$0.table.isEmpty }
    settlingRules = Set(
      report.rules.filter { rule in
        isAllKnown && rule.isEvaluated
          && rule.reads.allSatisfy { name in
            guard let table = tables[name] else { return false }
            return table.isPresent && table.isWhole
          }
      }.map(\.name))
    unread = Dictionary(
      grouping: report.inputs.filter {
        !$0.rejects.isEmpty && !$0.path.hasPrefix(RuleReport.lastPeriod)
      }, by: \.table
    ).mapValues(UnreadRecords.init)
    removed = report.removedRules
  }

  /// Takes over since when each record and each value could not be read, which their own exceptions know; it is asked for by
  /// their places among the exceptions of the run.
  mutating func learn(
    of exceptions: [CaseException], since listedDay: (Int) throws -> Int32?
  ) rethrows {
    var since: [UnreadRecords.Place: Int32] = [:]
    for (number, exception) in exceptions.enumerated() {
      if Self.tellsOfNoValue(exception.rule), rules[exception.rule]?.kind == "constraint" {
        let day = try listedDay(number) ?? .max
        let field = "\(exception.table).\(exception.field)"
        let person = rules[exception.rule]?.isOfKey ?? false ? "" : exception.personID
        unreadable[field, default: [:]][UnreadWord(person), default: []].insert(day)
        unreadableOfRecord[field, default: [:]][exception.recordID, default: []].insert(day)
        unreadableOfAll[field, default: []].insert(day)
        if exception.recordID.hasPrefix("line:") {
          unreadableUnkeyed[field, default: [:]][UnreadWord(person), default: []].insert(day)
        }
      } else if let rule = rules[exception.rule], rule.kind == "constraint",
        exception.rule.hasSuffix(".reference")
          || (exception.rule.hasSuffix(".required") && rule.isOfKey)
      {
        let day = try listedDay(number) ?? .max
        for field in exception.field.split(separator: "|") {
          let name = "\(exception.table).\(field)"
          astray[name, default: [:]][UnreadWord(exception.personID), default: []].insert(day)
        }
      } else if exception.rule.hasSuffix(".row"), let line = exception.sourceLine {
        since[UnreadRecords.Place(file: exception.sourceFile, line: line)] = try listedDay(number)
      }
    }
    for table in unread.keys { unread[table]?.learn(since) }
  }

  /// Whether a constraint tells of a cell that says nothing.
  ///
  /// No value of its type, a code of no list, a day to come for what has happened: what such a cell would have shown is not
  /// known, whatever a rule makes of it.
  private static func tellsOfNoValue(_ constraint: String) -> Bool {
    [".type", ".enum", ".minimum", ".maximum"].contains { constraint.hasSuffix($0) }
  }

  /// The states of open exceptions that the run does not list.
  ///
  /// `unlisted` are the runs from the first that did not list one any more up to the first that found it in order, in doubt.
  func states(
    of spells: [Spell], evidence: EvidenceSearch, unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> [Settled] {
    let asked = spells.indices.filter {
      settlingRules.contains(spells[$0].key.rule) && !removed.contains(spells[$0].key.rule)
    }
    let found = evidence(asked.map { spells[$0].key })
    var states = [Settled](repeating: Settled(state: .notEvaluated), count: spells.count)
    for place in spells.indices where removed.contains(spells[place].key.rule) {
      states[place].state = .withdrawn
    }
    for (place, evidence) in zip(asked, found) {
      states[place] = Settled(
        state: try state(of: spells[place], evidence, unlisted), isGone: evidence == .gone)
    }
    return states
  }

  /// Whether a record that could not be read, and is not the exception's own, may be what showed it: one that could be read
  /// when the exception was listed last.
  ///
  /// A whole record names its child; one of which a part is missing may be anybody's.
  private func mayBeUnread(_ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>)
    rethrows -> Bool
  {
    guard let rule = rules[spell.key.rule] else { return false }
    func isInDoubt(_ table: String) -> Bool { unread[table] != nil }
    let tables = rule.comparesWith.filter(isInDoubt)
    // Of two records with one key, the one that is read need not be the one that was listed.
    let isOwnInDoubt = isInDoubt(spell.key.table) && rule.kind != "limit"
    if tables.isEmpty, !isOwnInDoubt { return false }
    let first = try unlisted(spell).lowerBound
    if isOwnInDoubt, let key = spell.recordNames,
      case let names = key + (spell.person.isEmpty ? [] : [spell.person]),
      unread[spell.key.table]?.mayHold(names, since: first, takesParts: false) ?? false
    {
      return true
    }
    return tables.contains { table in
      let isAnybodys = spell.person.isEmpty || rule.comparesWithAnybodys.contains(table)
      return hasUnread(in: table, naming: isAnybodys ? [] : [spell.person], since: first)
    }
  }

  /// Whether a value that its rule looks at, in its own record, in its person's or in any where that may count, cannot be read
  /// now, and could when the exception was listed last.
  private func mayBeUnreadable(_ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>)
    rethrows -> Bool
  {
    guard !unreadable.isEmpty, let rule = rules[spell.key.rule] else { return false }
    // A group of a limit is no record.
    let own = rule.kind == "limit" ? [] : [spell.key.table]
    let found = Set(rule.comparesWith + own).flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { field in
        unreadableOfAll[field].map { (table: table, field: field, days: $0) }
      }
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { table, field, days in
      if table == spell.key.table,
        unreadableOfRecord[field]?[spell.key.record]?.isSince(runs.lowerBound) == true
      {
        return true
      }
      guard rule.comparesWith.contains(table) else { return false }
      if spell.person.isEmpty || rule.comparesWithAnybodys.contains(table) {
        return days.isWithin(runs)
      }
      return unreadable[field].map { mayHide(spell, $0, runs) } ?? false
    }
  }

  /// Whether values of a field, by persons, may hide what an exception was listed for.
  ///
  /// Of the child's own each does that has gone bad since; of those that name nobody only what had by the first run that found
  /// the record in order: others could be read then, and showed nothing. Somebody's slip is there each day.
  private func mayHide(
    _ spell: Spell, _ days: [UnreadWord: Set<Int32>], _ runs: ClosedRange<Int32>
  ) -> Bool {
    if days[UnreadWord("")]?.isWithin(runs) == true { return true }
    return !spell.person.isEmpty
      && days[UnreadWord(spell.person)]?.isSince(runs.lowerBound) == true
  }

  /// Whether a record that its rule looks through names its person, or nobody, and refers to nothing now, when it did as the exception was
  /// listed last.
  private func mayBeAstray(_ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>)
    rethrows -> Bool
  {
    guard !astray.isEmpty, let rule = rules[spell.key.rule] else { return false }
    // One that names nobody may be anybody's.
    let found = rule.comparesWith.flatMap { table in
      rule.fields.filter { $0.hasPrefix(table + ".") }.compactMap { astray[$0] }
    }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { mayHide(spell, $0, runs) }
  }

  /// Whether a record without a key may be one of which a value that its rule looks at cannot be read now, and could when the
  /// exception was listed last.
  private func mayBeOneUnreadable(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard spell.recordNames == nil, rule.kind != "limit" else { return false }
    let found = rule.fields.filter { $0.hasPrefix(spell.key.table + ".") }
      .compactMap { unreadableUnkeyed[$0] }
    if found.isEmpty { return false }
    let runs = try unlisted(spell)
    return found.contains { days in
      mayHide(spell, days, runs)
        || (spell.person.isEmpty && days.values.contains { $0.isSince(runs.lowerBound) })
    }
  }

  /// Whether a record that could not be read may be the exception's own.
  private func isPerhapsUnread(_ spell: Spell, _ rule: RuleReport) -> Bool {
    // What a group of a limit goes by may stand in another table, or in other words.
    let names = rule.kind == "limit" ? nil : spell.recordNames
    return rule.reads.contains { hasUnread(in: $0, naming: names ?? []) }
  }

  /// Whether a table has a record that could not be read and that has all of some names in it, or may lack them.
  private func hasUnread(in table: String, naming names: [String], since first: Int32 = .min)
    -> Bool
  {
    unread[table]?.mayHold(names, since: first) ?? false
  }

  private func isInDoubt(_ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>) rethrows
    -> Bool
  {
    if try mayBeUnreadable(spell, unlisted) { return true }
    return try mayBeAstray(spell, unlisted)
  }

  private func state(
    of spell: Spell, _ evidence: Evidence, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> SpellState {
    switch evidence {
    case .inOrder:
      if try mayBeUnread(spell, unlisted) { return .perhapsRejected }
      return try isInDoubt(spell, unlisted) ? .inDoubt : .corrected
    case .unsettled: return .notJudged
    case .notInForce: return .lapsed
    case .leftOut:
      let horizon = rules[spell.key.rule]?.looksBackTo?.dayNumber
      if spell.hasLapsed(before: horizon) { return .lapsed }
      if try mayBeUnread(spell, unlisted) { return .perhapsRejected }
      return try isInDoubt(spell, unlisted) ? .inDoubt : .leftOut
    case .gone:
      // A whole column, or a record that could not be read, is there again: it has no key to be found by.
      guard let rule = rules[spell.key.rule] else { return .notEvaluated }
      if rule.kind == "constraint",
        rule.name.hasSuffix(".row") || spell.key.record.hasPrefix("heading:")
      {
        return .corrected
      }
      if try mayBeOneUnreadable(spell, rule, unlisted) { return .inDoubt }
      return isPerhapsUnread(spell, rule) ? .perhapsRejected : .gone
    }
  }
}

extension Set<Int32> {
  fileprivate func isSince(_ first: Int32) -> Bool { contains { $0 >= first } }

  fileprivate func isWithin(_ runs: ClosedRange<Int32>) -> Bool { contains { runs.contains($0) } }
}

extension Spell {
  /// The parts of its record's key; nil where it has none and is known by all that is in it.
  fileprivate var recordNames: [String]? {
    key.record.hasPrefix("unkeyed:") ? nil : key.record.split(separator: "|").map(String.init)
  }
}
