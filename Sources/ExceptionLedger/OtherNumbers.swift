internal import Exceptions

/// Duties of a repeating rule that stand under another number than before.
///
/// A visit that is entered late, or taken out, gives all after it other numbers. What was open under the old number is then
/// neither done nor put right: it is listed, due on the same day, under the new one.
struct OtherNumbers {
  private struct Duty: Hashable {
    let key: ExceptionKey
    let due: Int32

    init(_ key: ExceptionKey, due: Int32) {
      self.key = ExceptionKey(rule: key.rule, table: key.table, record: key.record, occasion: 0)
      self.due = due
    }
  }

  private var listed: Set<Duty> = []

  /// Those that a run lists, of the records of which something is asked.
  init(_ seen: [RunRecorder.Seen], of spells: [Spell]) {
    let asked = Set(
      spells.compactMap { spell in
        spell.key.occasion > 0 ? spell.sighting.due.map { Duty(spell.key, due: $0) } : nil
      })
    if asked.isEmpty { return }
    for item in seen where item.key.occasion > 0 {
      guard let due = item.sighting.due else { continue }
      let duty = Duty(item.key, due: due)
      if asked.contains(duty) { listed.insert(duty) }
    }
  }

  /// Whether an open exception that the run does not list is listed under another number.
  func has(_ spell: Spell) -> Bool {
    guard spell.key.occasion > 0, let due = spell.sighting.due else { return false }
    return listed.contains(Duty(spell.key, due: due))
  }
}
