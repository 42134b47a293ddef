internal import Exceptions
internal import WorkingTime

/// Decides what becomes of exceptions that a run does not list: nothing is closed without evidence.
struct Settlement {
  /// The rules whose silence can show that something was put right: they were evaluated, and every table
  /// that they read was there and whole.
  let settlingRules: Set<String>
  private let rules: [String: RuleReport]
  private let removed: Set<String>
  /// The tables some of whose records could not be read.
  private let incomplete: Set<String>
  /// The records that could not be read of tables that had fewer such before: one of them may have shown the exception.
  private let unread: [String: [RejectReport]]

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
    incomplete = Set(
      report.inputs.filter { $0.rowsRejected > 0 && !$0.path.hasPrefix(RuleReport.lastPeriod) }
        .map(\.table))
    removed = report.removedRules
    let worse = report.tables.filter { $0.rejected > $0.leastRejected ?? $0.rejected }.map(\.name)
    unread = Dictionary(
      uniqueKeysWithValues: worse.map { name in
        let inputs = report.inputs.filter {
          $0.table == name && !$0.path.hasPrefix(RuleReport.lastPeriod)
        }
        return (name, inputs.flatMap(\.rejects))
      })
  }

  /// The states of open exceptions that the run does not list.
  func states(of spells: [Spell], evidence: EvidenceSearch) -> [SpellState] {
    let asked = spells.indices.filter { settlingRules.contains(spells[$0].key.rule) }
    let found = evidence(asked.map { spells[$0].key })
    var states = [SpellState](repeating: .notEvaluated, count: spells.count)
    for place in spells.indices where removed.contains(spells[place].key.rule) {
      states[place] = .leftOut
    }
    for (place, evidence) in zip(asked, found) {
      states[place] = state(of: spells[place], evidence)
    }
    return states
  }

  /// Whether a record that could not be read, and is not the exception's own, may be what showed it.
  ///
  /// A whole record names its child; one of which a part is missing may be anybody's.
  private func mayBeUnread(_ spell: Spell) -> Bool {
    guard !unread.isEmpty else { return false }
    for table in rules[spell.key.rule]?.comparesWith ?? [] {
      guard let records = unread[table] else { continue }
      if spell.person.isEmpty || records.count > Self.mostUnread { return true }
      if records.contains(where: { $0.isPart || $0.text.contains(spell.person) }) { return true }
    }
    return false
  }

  /// So many are looked through for each exception; where more could not be read, any may be among them.
  private static let mostUnread = 1_000

  private func state(of spell: Spell, _ evidence: Evidence) -> SpellState {
    switch evidence {
    case .inOrder: return mayBeUnread(spell) ? .perhapsRejected : .corrected
    case .unsettled: return .notJudged
    case .leftOut:
      let horizon = rules[spell.key.rule]?.looksBackTo?.dayNumber
      if spell.hasLapsed(before: horizon) { return .lapsed }
      return mayBeUnread(spell) ? .perhapsRejected : .leftOut
    case .gone:
      // A whole column, or a record that could not be read, is there again: it has no key to be found by.
      guard let rule = rules[spell.key.rule] else { return .notEvaluated }
      if rule.kind == "constraint", rule.name.hasSuffix(".row") { return .corrected }
      if spell.key.record.hasPrefix("heading:") { return .corrected }
      return rule.reads.contains(where: incomplete.contains) ? .perhapsRejected : .gone
    }
  }
}
