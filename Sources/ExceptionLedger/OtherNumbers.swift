import Exceptions

/// Duties of a repeating rule that stand under another number than before.
///
/// A visit that is entered late, or removed, renumbers all that come after it. What was open under
/// the old number has then neither been done nor put right: it is listed under the new number, due
/// on the same day.
struct OtherNumbers {
  private struct Duty: Hashable {
    let key: ExceptionKey
    let due: Int32

    init(_ key: ExceptionKey, due: Int32) {
      self.key = ExceptionKey(rule: key.rule, table: key.table, record: key.record, occasion: 0)
      self.due = due
    }
  }

  /// What was open before a run.
  private let asked: Set<Duty>
  /// The numbers under which the run lists it.
  private var numbers: [Duty: Set<Int>] = [:]

  /// Finds what a run lists of what was open before it.
  init(_ seen: [RunRecorder.Seen], of open: [Spell]) {
    asked = Set(
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
