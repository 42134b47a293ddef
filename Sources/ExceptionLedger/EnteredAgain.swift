import Exceptions

/// Records that are gone and stand there under another key, with the same left undone.
///
/// A case system that gives its records new numbers, or a person who deletes one and enters it
/// again, has put nothing right: the rule finds the same of the same child, due on the same day.
struct EnteredAgain {
  private struct Duty: Hashable {
    var rule: String
    var table: String
    var person: String
    var due: Int32?

    init(_ key: ExceptionKey, _ person: String, _ sighting: Sighting) {
      (rule, table, self.person, due) = (key.rule, key.table, person, sighting.due)
    }
  }

  /// How many exceptions of a kind began with the run.
  private var begun: [Duty: Int] = [:]

  /// Counts what began with a run.
  init(_ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History], on day: Int32) {
    for (item, history) in zip(seen, histories)
    where history.openedDay == day && !item.person.isEmpty {
      begun[Duty(item.key, item.person, item.sighting), default: 0] += 1
    }
  }

  /// Whether one of them is what an exception of a record that is gone was; it is that of no other.
  mutating func takes(_ spell: Spell) -> Bool {
    let duty = Duty(spell.key, spell.person, spell.sighting)
    guard let count = begun[duty], count > 0 else { return false }
    begun[duty] = count - 1
    return true
  }
}
