import Exceptions

/// Records that are gone and stand there under another key, with the same left undone.
///
/// A case system that gives its records new numbers, or a person who deletes one and enters it
/// again, has put nothing right: the rule finds the same of the same child, due on the same day.
/// Each such record has come in the place of one other. Where a key changes twice while it is not
/// known what has become of the first, the second has come in its place, and the third in that of
/// the second. Where the first is back under its own key, as once a key that was emptied has been
/// entered again, the one that stood there meanwhile has not been put right either.
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

  /// An exception that may have come in the place of another.
  struct Other {
    var exception: Int64
    var record: String
    /// Whether the run lists it.
    var isListed: Bool
    /// The run that opened it.
    var opened: Int32
  }

  /// The exceptions in whose place another has come.
  private var replaced: Set<Int64> = []

  /// Looks for what stands in the place of those that are gone, among what a run lists and what was
  /// open before it.
  ///
  /// `unlisted` gives the first run that no longer listed one. Another is back if it was not listed
  /// from the run that opened that one up to there, though it was open. Whichever was listed last
  /// chooses first: fewest have come since. Of those of one night that is whichever was opened
  /// first, then whose key is first.
  init(
    _ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History],
    besides missing: [(spell: Spell, settled: Settled)], away: inout AwayExceptions,
    unlisted: (Spell) throws -> Int32
  ) throws {
    func isAnother(_ other: Other, than spell: Spell) -> Bool {
      !areSameBytes(other.record, spell.key.record)
    }
    func isNamed(_ item: (spell: Spell, settled: Settled)) -> Bool { !item.spell.person.isEmpty }
    let gone = missing.filter { $0.settled.state.isOfGone && isNamed($0) }
    let asked = Set(gone.map { Duty($0.spell, $0.settled) })
    if asked.isEmpty { return }
    var others: [Duty: [Other]] = [:]
    for (item, history) in zip(seen, histories) where !item.person.isEmpty {
      let duty = Duty(item.key, item.person, item.sighting)
      guard asked.contains(duty) else { continue }
      others[duty, default: []].append(
        Other(
          exception: history.exception, record: item.key.record, isListed: true,
          opened: history.openedDay))
    }
    for (spell, settled) in missing.lazy.filter(isNamed) {
      let duty = Duty(spell, settled)
      guard asked.contains(duty) else { continue }
      others[duty, default: []].append(
        Other(
          exception: spell.exception, record: spell.key.record, isListed: false,
          opened: spell.openedDay))
    }
    let inTurn = try gone.map {
      (duty: Duty($0.spell, $0.settled), $0.spell, try unlisted($0.spell))
    }
    .sorted { a, b in
      if a.2 != b.2 { return a.2 > b.2 }
      return (a.1.openedDay, a.1.key) < (b.1.openedDay, b.1.key)
    }
    // One that has only stood for another, which is back, does not stand for a third.
    for (duty, spell, first) in inTurn {
      let back = try away.away(on: spell.openedDay)
      if back.isEmpty { continue }
      let place = try others[duty]?.firstIndex {
        try $0.isListed && back.contains($0.exception) && isAnother($0, than: spell)
          && away.remained($0.exception, from: spell.openedDay, to: first)
      }
      guard let place else { continue }
      others[duty]?.remove(at: place)
      others[duty]?.removeAll { $0.exception == spell.exception }
      replaced.insert(spell.exception)
    }
    for (duty, spell, first) in inTurn where !replaced.contains(spell.exception) {
      let place = others[duty]?.firstIndex { $0.opened >= first && isAnother($0, than: spell) }
      guard let place else { continue }
      others[duty]?.remove(at: place)
      replaced.insert(spell.exception)
    }
  }

  /// Whether another exception has come in the place of this one.
  func has(_ spell: Spell) -> Bool { replaced.contains(spell.exception) }
}
