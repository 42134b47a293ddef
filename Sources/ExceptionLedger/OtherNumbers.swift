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

  /// The numbers under which a run lists what was open before it.
  private var numbers: [Duty: Set<Int>] = [:]

  /// What a run lists of what was open before it.
  init(_ seen: [RunRecorder.Seen], of open: [Spell]) {
    let asked = Set(
      open.compactMap { spell in
        spell.key.occasion > 0 ? spell.sighting.due.map { Duty(spell.key, due: $0) } : nil
      })
    if asked.isEmpty { return }
    for item in seen where item.key.occasion > 0 {
      guard let due = item.sighting.due else { continue }
      let duty = Duty(item.key, due: due)
      if asked.contains(duty) { numbers[duty, default: []].insert(item.key.occasion) }
    }
  }

  /// Whether an open exception is listed under another number than its own.
  func has(_ spell: Spell) -> Bool {
    guard spell.key.occasion > 0, let due = spell.sighting.due else { return false }
    return numbers[Duty(spell.key, due: due)]?.contains { $0 != spell.key.occasion } ?? false
  }
}
