/// Since when something has been listed, by the person that it names; what names nobody may be
/// anybody's.
struct DaysByPerson {
  private var days: [UnreadWord: Set<ListedSince>] = [:]

  mutating func insert(_ day: ListedSince, of person: UnreadWord) {
    days[person, default: []].insert(day)
  }

  /// Whether one of them is since a run, whoever it names.
  func isSince(_ first: Int32) -> Bool { days.values.contains { $0.isSince(first) } }

  /// Whether one of them is since one of some runs, whoever it names.
  func isWithin(_ runs: ClosedRange<Int32>) -> Bool { days.values.contains { $0.isWithin(runs) } }

  /// Whether they may hide what an exception was listed for.
  ///
  /// The child's own count whenever they have gone bad since a run. Those that name nobody count
  /// only if they had gone bad by the first run that found the record in order: later ones could
  /// still be read then, and showed nothing. Somebody makes such a slip every day; counting them all
  /// would keep everything in doubt.
  func mayHide(_ spell: Spell, since first: Int32, _ runs: ClosedRange<Int32>) -> Bool {
    if days[UnreadWord("")]?.isWithin(runs) == true { return true }
    return !spell.person.isEmpty && days[UnreadWord(spell.person)]?.isSince(first) == true
  }
}
