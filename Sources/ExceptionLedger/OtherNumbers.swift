import Exceptions

/// Duties of a repeating rule that stand under another number than before.
///
/// A visit that is entered late, or removed, renumbers all that come after it. What was open under
/// the old number has then neither been done nor put right: it is listed under the new number, due
/// on the same day or made on the same day; or, where the last visit was removed, the one before it
/// is the one that is missing.
struct OtherNumbers {
  private struct Duty {
    let occasion: Int
    let due: Int32?
    let done: Int32?
    let isOverdue: Bool

    init(_ occasion: Int, _ sighting: Sighting) {
      self.occasion = occasion
      (due, done) = (sighting.due, sighting.done)
      isOverdue = sighting.status == .overdue
    }

    /// Whether what was open under another number is this now.
    func isNow(_ before: Duty) -> Bool {
      if occasion == before.occasion { return false }
      if let due, due == before.due { return true }
      if let done { return done == before.done }
      guard isOverdue, before.isOverdue, let due, let before = before.due else { return false }
      return due < before
    }
  }

  /// What the run lists of the duties that were open before it, by record.
  private var listed: [ExceptionKey: [Duty]] = [:]

  /// The rules that had deadlines and repeat now, and the other way round.
  private let nowAgain: Set<String>
  private let nowOnce: Set<String>

  /// Finds what a run lists of what was open before it.
  init(_ seen: [RunRecorder.Seen], of open: [Spell]) {
    func rules(_ items: some Sequence<(key: ExceptionKey, due: Int32?)>) -> (
      once: Set<String>, again: Set<String>
    ) {
      var (once, again): (Set<String>, Set<String>) = ([], [])
      for (key, due) in items {
        if key.occasion > 0 { again.insert(key.rule) } else if due != nil { once.insert(key.rule) }
      }
      return (once, again)
    }
    let before = rules(open.lazy.map { ($0.key, $0.sighting.due) })
    let now = rules(seen.lazy.map { ($0.key, $0.sighting.due) })
    nowAgain = before.once.intersection(now.again)
    nowOnce = before.again.intersection(now.once)
    let asked = Set(open.lazy.filter { $0.key.occasion > 0 }.map { Self.record($0.key) })
    if asked.isEmpty { return }
    for item in seen where item.key.occasion > 0 {
      let record = Self.record(item.key)
      guard asked.contains(record) else { continue }
      listed[record, default: []].append(Duty(item.key.occasion, item.sighting))
    }
  }

  /// Whether an open exception is listed under another number than its own, or its rule asks in
  /// another way now.
  func has(_ spell: Spell) -> Bool {
    let isOnce = spell.key.occasion == 0
    guard spell.sighting.due != nil else { return false }
    if (isOnce ? nowAgain : nowOnce).contains(spell.key.rule) { return true }
    let before = Duty(spell.key.occasion, spell.sighting)
    return listed[Self.record(spell.key)]?.contains { $0.isNow(before) } ?? false
  }

  private static func record(_ key: ExceptionKey) -> ExceptionKey {
    ExceptionKey(rule: key.rule, table: key.table, record: key.record, occasion: 0)
  }
}
