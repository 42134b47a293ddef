import Exceptions
import WorkingTime

/// Decides what becomes of exceptions that a run does not list: nothing is closed without evidence.
struct Settlement {
  /// The rules whose silence can show that something was put right.
  ///
  /// They were evaluated, and every table that they read was there and whole.
  let settlingRules: Set<String>
  private let rules: [String: RuleReport]
  private let removed: Set<String>
  private let acceptedTables: Set<String>
  /// The tables whose newest records may be cut off.
  private let cutTables: Set<String>
  /// The tables of which somebody has accepted a loss.
  private let lostTables: Set<String>
  /// What becomes of exceptions whose records are gone.
  private let gone: GoneRecords
  /// The day of the run.
  private let day: Int32
  /// The records that could not be read, by table.
  private var unread: [String: UnreadRecords]

  private var doubts = Doubts()

  init(_ report: RunReport) {
    let tables = Dictionary(
      (report.tables + report.earlierTables).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first })
    rules = report.rulesByName
    // A file that could not even be opened may be any table's, so that nothing can be shown.
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
      grouping: report.inputs.filter { !$0.rejects.isEmpty && !$0.isEarlier }, by: \.table
    ).mapValues(UnreadRecords.init)
    removed = report.removedRules
    acceptedTables = report.acceptedTables
    cutTables = Set(report.tables.lazy.filter(\.hasLostItsNewest).map(\.name))
    lostTables = report.tablesWithAcceptedLosses
    gone = GoneRecords(report)
    day = report.asOf.dayNumber
  }

  /// Notes since when each record and each value has been unreadable.
  ///
  /// Their own exceptions know this; `listed` takes the place of one among the exceptions of the
  /// run.
  mutating func learn(
    of exceptions: [CaseException], since listed: (Int) throws -> ListedSince?
  ) rethrows {
    for (number, exception) in exceptions.enumerated() where Doubts.isOfStranger(exception) {
      if let day = try listed(number) { doubts.learn(strangerIn: exception, since: day) }
    }
    var since: [UnreadRecords.Place: Int32] = [:]
    for (number, exception) in exceptions.enumerated() {
      let rule = rules[exception.rule]
      if let rule, Doubts.arise(from: exception, of: rule) {
        doubts.learn(exception, rule, since: try listed(number) ?? ListedSince(opened: .max))
      }
      if ConstraintEnding.row.isEnd(of: exception.rule), let line = exception.sourceLine {
        since[UnreadRecords.Place(file: exception.sourceFile, line: line)] = try listed(number)?
          .latest
      }
    }
    for table in unread.keys { unread[table]?.learn(since) }
  }

  /// The states of open exceptions that the run does not list.
  ///
  /// `unlisted` gives the runs from the first that no longer listed an exception to the first that
  /// found it in order, in doubt.
  func states(
    of spells: [Spell], evidence: ([Spell]) throws -> [Showing],
    unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> [Settled] {
    let asked = spells.indices.filter {
      settlingRules.contains(spells[$0].key.rule) && !removed.contains(spells[$0].key.rule)
    }
    let found = try evidence(asked.map { spells[$0] })
    var persons: [String: String] = [:]
    for (place, shown) in zip(asked, found) {
      if let person = shown.person { persons[spells[place].person] = person }
    }
    let spells = spells.map { spell in
      var spell = spell
      spell.person = persons[spell.person] ?? spell.person
      return spell
    }
    func isMendedDoubt(_ spell: Spell) -> Bool {
      guard let rule = rules[spell.key.rule] else { return false }
      return !spell.sighting.state.isUnsettled && Doubts.mayArise(from: rule)
    }
    var mended = Set(spells.lazy.filter(isMendedDoubt).map(\.person)).subtracting([""])
    for (place, shown) in zip(asked, found) where isMendedDoubt(spells[place]) {
      mended.formUnion(shown.otherPersons)
    }
    func unlistedRuns(_ spell: Spell) throws -> ClosedRange<Int32> {
      let runs = try unlisted(spell)
      // Where a doubt about the child has ended, none of the runs in doubt has shown anything, and
      // what has gone bad since may hide it as well.
      return mended.contains(spell.person) ? runs.lowerBound...max(day, runs.upperBound) : runs
    }
    var states = [Settled](repeating: Settled(state: .notEvaluated), count: spells.count)
    for place in spells.indices where removed.contains(spells[place].key.rule) {
      states[place].state = .withdrawn
    }
    var nobodys = NobodysKeys()
    for (place, shown) in zip(asked, found) {
      var (evidence, otherName): (Evidence, String?) = (shown.evidence, nil)
      let isAccepted = try accepts(spells[place], evidence, &nobodys, unlistedRuns)
      if case .renumbered(let name) = evidence {
        otherName = name
        if isAccepted { evidence = .gone }
      }
      states[place] = Settled(
        state: try state(of: spells[place], evidence, &nobodys, unlistedRuns),
        isGone: evidence.isGone, otherName: otherName, isAskedOfOthers: evidence == .ofDouble,
        isChildGone: shown.isChildGone, isAccepted: isAccepted)
      states[place].restsOnLoss =
        !evidence.isGone && mayRest(spells[place], shown.evidence, onLossesOf: lostTables)
      if states[place].state == .gone {
        gone.settle(
          &states[place], of: spells[place], isReferredTo: shown.isReferredTo, unread: unread)
      }
      if states[place].state.end?.isPutRight ?? false,
        mayRest(spells[place], shown.evidence, onLossesOf: cutTables)
      {
        states[place].state = .notJudged
      }
      if states[place].state == .inDoubt, mended.contains(spells[place].person) {
        states[place].state = .inDoubtAnew
      }
    }
    if !persons.isEmpty {
      for place in spells.indices { states[place].person = spells[place].person }
    }
    return states
  }

  /// Whether somebody has accepted what would otherwise keep an exception open.
  private func accepts(
    _ spell: Spell, _ evidence: Evidence, _ nobodys: inout NobodysKeys,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard acceptedTables.contains(spell.key.table) else { return false }
    switch evidence {
    case .renumbered, .ofAnother: return true
    case .goneOrMistyped: return try isMistyped(spell, evidence, &nobodys, unlisted)
    default: return false
    }
  }

  /// Whether an exception may look put right only because records of some tables are gone: its own, or
  /// those that its rule looks for.
  private func mayRest(
    _ spell: Spell, _ evidence: Evidence, onLossesOf tables: Set<String>
  ) -> Bool {
    if tables.isEmpty { return false }
    switch evidence {
    case .gone, .goneOrMistyped, .ofDouble:
      // A column is no record.
      let isOfColumn = spell.key.group == nil && RecordForm.heading.isForm(of: spell.key.record)
      return tables.contains(spell.key.table) && !isOfColumn
    case .inOrder, .leftOut:
      // Of several records with one key, the one that was listed may be gone.
      if spell.rank > 0, tables.contains(spell.key.table) { return true }
      guard let rule = rules[spell.key.rule] else { return false }
      return rule.comparesWith.contains { tables.contains($0) }
        || rule.marksOthers && tables.contains(rule.table)
    case .done, .unsettled, .ofAnother, .outgrown, .tooOld, .renumbered, .notInForce:
      return false
    }
  }

  /// Whether an unreadable record other than the exception's own may be what the exception rested
  /// on.
  ///
  /// Such a record could be read when the exception was last listed. A whole record names its
  /// child; one of which a part is missing may be anybody's.
  private func mayBeUnread(_ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>)
    rethrows -> Bool
  {
    guard let rule = rules[spell.key.rule] else { return false }
    func isInDoubt(_ table: String) -> Bool { unread[table] != nil }
    if rule.kind != .limit, try mayBeUnreadItself(spell, unlisted) { return true }
    let tables = rule.comparesWith.filter(isInDoubt)
    if tables.isEmpty { return false }
    let runs = try unlisted(spell)
    let first = runs.lowerBound
    // The child's own may have been passed over while another record kept the exception listed.
    let opened = spell.opened(runs)
    return tables.contains { table in
      let isAnybodys = spell.person.isEmpty || rule.comparesWithAnybodys.contains(table)
      if hasUnread(in: table, naming: isAnybodys ? [] : [spell.person], since: first) {
        return true
      }
      return !spell.person.isEmpty
        && unread[table]?.mayHold([spell.person], since: opened, takesParts: false) ?? false
    }
  }

  /// Whether an unreadable record may be the exception's own although one with its key was read: of
  /// two records with one key, that need not be the one that was listed.
  private func mayBeUnreadItself(
    _ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard let records = unread[spell.key.table], let key = spell.recordNames else { return false }
    let names = key + (spell.person.isEmpty ? [] : [spell.person])
    return records.mayHold(names, since: try unlisted(spell).lowerBound, takesParts: false)
  }

  /// Whether a record that could not be read may be the exception's own.
  private func isPerhapsUnread(_ spell: Spell, _ rule: RuleReport) -> Bool {
    // The value by which a limit groups may stand in another table, or be written in another way.
    let names = rule.kind == .limit ? nil : spell.recordNames
    return rule.reads.contains { hasUnread(in: $0, naming: names ?? []) }
  }

  /// Whether a table has an unreadable record that contains all of some names, or may lack them.
  private func hasUnread(in table: String, naming names: [String], since first: Int32 = .min)
    -> Bool
  {
    unread[table]?.mayHold(names, since: first) ?? false
  }

  private func isInDoubt(
    _ spell: Spell, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard let rule = rules[spell.key.rule], try mayBeHidden(spell, rule, unlisted) else {
      return false
    }
    // What has been in doubt since before the bad nights in which an exception was opened, and could
    // not be listed in them, is no news to it: it was no reason for it, and hides nothing now.
    guard let first = spell.badNightsFrom else { return true }
    return try mayBeHidden(spell, rule) {
      let runs = try unlisted($0)
      return min(first, runs.lowerBound)...runs.upperBound
    }
  }

  /// Whether a doubt may hide an exception that went unlisted in some runs.
  private func mayBeHidden(
    _ spell: Spell, _ rule: RuleReport, _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    if try doubts.touch(spell, rule, unlisted) { return true }
    // Of several records with the same key, the one that was listed may have lost its key.
    guard spell.rank > 0 else { return false }
    return try doubts.mayHide(theRecordOf: spell, rule, unlisted)
  }

  private func state(
    of spell: Spell, _ evidence: Evidence, _ nobodys: inout NobodysKeys,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> SpellState {
    switch evidence {
    case .done where spell.sighting.status == .overdue && spell.rank == 0:
      return try mayBeUnreadItself(spell, unlisted) ? .perhapsRejected : .corrected
    case .inOrder, .done:
      if try mayBeUnread(spell, unlisted) { return .perhapsRejected }
      return try isInDoubt(spell, unlisted) ? .inDoubt : .corrected
    case .unsettled, .renumbered: return .notJudged
    case .ofAnother:
      if acceptedTables.contains(spell.key.table) { return .lapsed }
      return try mayBeUnread(spell, unlisted) ? .perhapsRejected : .notJudged
    case .notInForce, .tooOld: return .lapsed
    case .leftOut, .ofDouble, .outgrown:
      let horizon = rules[spell.key.rule]?.looksBackTo?.dayNumber
      if spell.hasLapsed(before: horizon) { return .lapsed }
      if try mayBeUnread(spell, unlisted) { return .perhapsRejected }
      if try isInDoubt(spell, unlisted) { return .inDoubt }
      return evidence == .outgrown ? .outgrown : .leftOut
    case .gone, .goneOrMistyped:
      // The column or the line can be read again: neither has a key by which it could be found.
      guard let rule = rules[spell.key.rule] else { return .notEvaluated }
      if rule.kind == .constraint,
        ConstraintEnding.row.isEnd(of: rule.name) || RecordForm.heading.isForm(of: spell.key.record)
      {
        return .corrected
      }
      // It was there in the runs before, so that a key which has gone bad in any of them may be its.
      let hides = try doubts.mayHide(theRecordOf: spell, rule) {
        let runs = try unlisted($0)
        return runs.lowerBound...max(day, runs.upperBound)
      }
      if hides { return .inDoubt }
      // What a group consisted of may have been taken for another's.
      if rule.kind == .limit, try isInDoubt(spell, unlisted) { return .inDoubt }
      if try !acceptedTables.contains(spell.key.table)
        && isMistyped(spell, evidence, &nobodys, unlisted)
      {
        return .inDoubt
      }
      return isPerhapsUnread(spell, rule) ? .perhapsRejected : .gone
    }
  }

  /// Whether a record that is gone may stand there under another record's key.
  private func isMistyped(
    _ spell: Spell, _ evidence: Evidence, _ nobodys: inout NobodysKeys,
    _ unlisted: (Spell) throws -> ClosedRange<Int32>
  ) rethrows -> Bool {
    guard case .goneOrMistyped(let own, let ofNobody) = evidence else { return false }
    let first = try unlisted(spell).lowerBound
    return doubts.haveDoubled(own, in: spell.key.table, since: first)
      || nobodys.haveDoubled(ofNobody, in: spell.key.table, since: first, by: doubts)
  }
}

/// Whether keys of records that name no child have doubled, asked once for each table and run.
private struct NobodysKeys {
  private struct Asked: Hashable {
    var table: String
    var first: Int32
  }

  private var known: [Asked: Bool] = [:]

  mutating func haveDoubled(
    _ keys: [String], in table: String, since first: Int32, by doubts: Doubts
  ) -> Bool {
    let asked = Asked(table: table, first: first)
    if let known = known[asked] { return known }
    let have = doubts.haveDoubled(keys, in: table, since: first)
    known[asked] = have
    return have
  }
}

extension Spell {
  /// The parts of its record's key; nil where it has none and is known by all that is in it.
  var recordNames: [String]? {
    RecordForm.contents.isForm(of: key.record)
      ? nil : key.record.split(separator: "|").map(String.init)
  }
}
