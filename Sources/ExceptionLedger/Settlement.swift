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
  private var unread: [String: [Unread]]
  /// Since when the last of them could not be read; whatever run that is where it is not known.
  private var newest: [String: Int32] = [:]
  /// The tables of which somebody has accepted what is missing.
  private let accepted: Set<String>

  /// A record that could not be read.
  private struct Unread {
    var place: RecordPlace
    var report: RejectReport
    /// The run since which it has been so: an exception that was listed after it does not rest on it.
    var since = Int32.max
  }

  private struct RecordPlace: Hashable {
    var file: String
    var line: Int
  }

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
    ).mapValues { inputs in
      inputs.flatMap { input in
        input.rejects.map {
          Unread(place: RecordPlace(file: input.path, line: $0.line), report: $0)
        }
      }
    }
    removed = report.removedRules
    accepted = Set(report.tables.filter(\.isAccepted).map(\.name))
  }

  /// Takes over since when each record could not be read, which its own exception knows; it is asked for by its place
  /// among the exceptions of the run.
  mutating func learn(
    of exceptions: [CaseException], since openedDay: (Int) throws -> Int32?
  ) rethrows {
    if unread.isEmpty { return }
    var since: [RecordPlace: Int32] = [:]
    for (number, exception) in exceptions.enumerated() where exception.rule.hasSuffix(".row") {
      guard let line = exception.sourceLine else { continue }
      since[RecordPlace(file: exception.sourceFile, line: line)] = try openedDay(number)
    }
    for table in unread.keys {
      unread[table] = unread[table]?.map { record in
        var record = record
        record.since = since[record.place] ?? .max
        return record
      }
      newest[table] = unread[table]?.map(\.since).max()
    }
  }

  /// The states of open exceptions that the run does not list.
  ///
  /// `lastSeen` is the first run that did not list one any more.
  func states(
    of spells: [Spell], evidence: EvidenceSearch, lastSeen: (Spell) throws -> Int32
  ) rethrows -> [SpellState] {
    let asked = spells.indices.filter { settlingRules.contains(spells[$0].key.rule) }
    let found = evidence(asked.map { spells[$0].key })
    var states = [SpellState](repeating: .notEvaluated, count: spells.count)
    for place in spells.indices where removed.contains(spells[place].key.rule) {
      states[place] = .leftOut
    }
    for (place, evidence) in zip(asked, found) {
      states[place] = try state(of: spells[place], evidence, lastSeen)
    }
    return states
  }

  /// Whether a record that could not be read, and is not the exception's own, may be what showed it: one that could be read
  /// when the exception was listed last.
  ///
  /// A whole record names its child; one of which a part is missing may be anybody's.
  private func mayBeUnread(_ spell: Spell, _ lastSeen: (Spell) throws -> Int32) rethrows -> Bool {
    guard let rule = rules[spell.key.rule] else { return false }
    let tables = rule.comparesWith.filter { unread[$0] != nil && !accepted.contains($0) }
    if tables.isEmpty { return false }
    let first = try lastSeen(spell)
    return tables.contains { table in
      let names = rule.comparesWithAnybodys.contains(table) ? [] : [spell.person]
      return hasUnread(in: table, naming: names, since: first)
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
  private func hasUnread(in table: String, naming names: [String], since first: Int32 = .min)
    -> Bool
  {
    guard let records = unread[table], newest[table] ?? .max >= first else { return false }
    // Quotes are doubled in the file; without a name, it may be any.
    let isAny = names.allSatisfy(\.isEmpty) || names.contains { $0.contains("\"") }
    if isAny || records.count > Self.mostUnread { return true }
    return records.contains { record in
      record.since >= first
        && (record.report.isPart || names.allSatisfy { record.report.text.contains($0) })
    }
  }

  /// So many are looked through for each exception; where more could not be read, any may be among them.
  private static let mostUnread = 1_000

  private func state(
    of spell: Spell, _ evidence: Evidence, _ lastSeen: (Spell) throws -> Int32
  ) rethrows -> SpellState {
    switch evidence {
    case .inOrder: return try mayBeUnread(spell, lastSeen) ? .perhapsRejected : .corrected
    case .unsettled: return .notJudged
    case .leftOut:
      let horizon = rules[spell.key.rule]?.looksBackTo?.dayNumber
      if spell.hasLapsed(before: horizon) { return .lapsed }
      return try mayBeUnread(spell, lastSeen) ? .perhapsRejected : .leftOut
    case .gone:
      // A whole column, or a record that could not be read, is there again: it has no key to be found by.
      guard let rule = rules[spell.key.rule] else { return .notEvaluated }
      if rule.kind == "constraint", rule.name.hasSuffix(".row") { return .corrected }
      if spell.key.record.hasPrefix("heading:") { return .corrected }
      return isPerhapsUnread(spell, rule) ? .perhapsRejected : .gone
    }
  }
}
