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
  private let unread: [String: [RejectReport]]
  /// The tables that had fewer of them before: one that could be read then may have shown the exception.
  private let worse: Set<String>

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
    ).mapValues { $0.flatMap(\.rejects) }
    removed = report.removedRules
    worse = Set(
      report.tables.filter { $0.rejected > $0.leastRejected ?? $0.rejected }.map(\.name))
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
    (rules[spell.key.rule]?.comparesWith ?? []).contains { table in
      worse.contains(table) && hasUnread(in: table, naming: [spell.person])
    }
  }

  /// Whether a record that could not be read may be the exception's own.
  private func isPerhapsUnread(_ spell: Spell, _ rule: RuleReport) -> Bool {
    // A record without a key is known by all that is in it.
    let names =
      spell.key.record.hasPrefix("unkeyed:")
      ? [] : spell.key.record.split(separator: "|").map(String.init)
    return rule.reads.contains { hasUnread(in: $0, naming: names) }
  }

  /// Whether a table has a record that could not be read and that has all of some names in it, or may lack them.
  private func hasUnread(in table: String, naming names: [String]) -> Bool {
    guard let records = unread[table] else { return false }
    // Quotes are doubled in the file; without a name, it may be any.
    let isAny = names.allSatisfy(\.isEmpty) || names.contains { $0.contains("\"") }
    if isAny || records.count > Self.mostUnread { return true }
    return records.contains { record in
      record.isPart || names.allSatisfy { record.text.contains($0) }
    }
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
      return isPerhapsUnread(spell, rule) ? .perhapsRejected : .gone
    }
  }
}
