import Exceptions

/// Decides what becomes of exceptions whose records are in no extract any more, and cannot be among
/// those that could not be read.
///
/// A record that goes by itself is put right. One that an export has left out is not: it goes with
/// others of its table, or records of other tables still refer to it.
struct GoneRecords {
  private let acceptedTables: Set<String>
  private let tablesWithAcceptedLosses: Set<String>
  /// By table, the others whose records refer to its own.
  private var referring: [String: Set<String>] = [:]
  private let notWhole: Set<String>

  init(_ report: RunReport) {
    acceptedTables = report.acceptedTables
    tablesWithAcceptedLosses = report.tablesWithAcceptedLosses
    notWhole = Set(report.tables.lazy.filter { !$0.isWhole }.map(\.name))
    for rule in report.rules where rule.kind == .constraint && rule.name.hasSuffix(".reference") {
      for table in rule.reads where table != rule.table {
        referring[table, default: []].insert(rule.table)
      }
    }
  }

  /// Settles an exception; `unread` are the records that could not be read, by table.
  ///
  /// What was overdue stays open while its record is referred to, and while it cannot be known
  /// whether it is, unless somebody has accepted that its table has lost it.
  func settle(
    _ settled: inout Settled, of spell: Spell, isReferredTo: Bool,
    unread: [String: UnreadRecords]
  ) {
    let table = spell.key.table
    if tablesWithAcceptedLosses.contains(table) {
      (settled.state, settled.isAccepted) = (.lapsed, true)
      return
    }
    guard let held = held(spell, isReferredTo: isReferredTo, unread: unread) else { return }
    if acceptedTables.contains(table) {
      settled.isAccepted = true
      if isReferredTo { settled.state = .lapsed }
    } else {
      settled.state = held
    }
  }

  /// The state in which an exception stays open; none if it does not.
  private func held(
    _ spell: Spell, isReferredTo: Bool, unread: [String: UnreadRecords]
  ) -> SpellState? {
    guard spell.sighting.status == .overdue, spell.key.group == nil, let key = spell.recordNames
    else { return nil }
    if isReferredTo { return .referredTo }
    let referring = referring[spell.key.table] ?? []
    if !referring.isDisjoint(with: notWhole) { return .notEvaluated }
    return referring.contains { unread[$0]?.mayHold(key, since: .min) ?? false }
      ? .perhapsRejected : nil
  }
}
