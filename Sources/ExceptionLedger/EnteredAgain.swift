import Exceptions

/// Records that are gone and stand there under another key, with the same left undone.
///
/// A case system that gives its records new numbers, or a person who deletes one and enters it
/// again, has put nothing right: the rule finds the same of the same child, due on the same day.
struct EnteredAgain {
  private struct Duty: Hashable {
    var rule: String
    var table: String
    /// By its value: `0012` is `12`.
    var person: UnreadWord
    var due: Int32?

    init(_ key: ExceptionKey, _ person: String, _ sighting: Sighting) {
      (rule, table, due) = (key.rule, key.table, sighting.due)
      self.person = UnreadWord(person)
    }

    /// What an exception was, of its child by the number that it has now.
    init(_ spell: Spell, _ settled: Settled) {
      self.init(spell.key, settled.person ?? spell.person, spell.sighting)
    }
  }

  /// The days on which listed exceptions of a kind were opened.
  private var opened: [Duty: [Int32]] = [:]

  /// Looks for what a run lists of the kinds of those that it does not list.
  init(
    _ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History],
    besides missing: [(spell: Spell, settled: Settled)]
  ) {
    let gone = missing.lazy.filter { $0.settled.state.isOfGone && !$0.spell.person.isEmpty }
    let asked = Set(gone.map { Duty($0.spell, $0.settled) })
    if asked.isEmpty { return }
    for (item, history) in zip(seen, histories) where !item.person.isEmpty {
      let duty = Duty(item.key, item.person, item.sighting)
      if asked.contains(duty) { opened[duty, default: []].append(history.openedDay) }
    }
  }

  /// Whether one of them, opened since a run, is what an exception of a record that is gone was; it
  /// is that of no other.
  mutating func takes(_ spell: Spell, _ settled: Settled, since first: Int32) -> Bool {
    let duty = Duty(spell, settled)
    guard let place = opened[duty]?.firstIndex(where: { $0 >= first }) else { return false }
    opened[duty]?.remove(at: place)
    return true
  }
}
