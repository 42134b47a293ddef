import Exceptions

/// Duties of a repeating rule that were open before and stand under another number now.
///
/// A visit that is entered late, or that leaves an export of the last twelve months, renumbers all
/// that come after it. A duty that is due or was done on the same day is the same for all that: it
/// is no new one, and has been open for as long as before.
struct RenumberedDuties {
  /// What tells one duty of a record from another.
  struct Duty {
    var key: ExceptionKey
    var person: String
    var due: Int32?
    var done: Int32?
    var isOverdue: Bool

    init(_ key: ExceptionKey, _ person: String, _ sighting: Sighting) {
      (self.key, self.person) = (key, person)
      (due, done) = (sighting.due, sighting.done)
      isOverdue = sighting.status == .overdue
    }

    init(_ spell: Spell) { self.init(spell.key, spell.person, spell.sighting) }

    init(_ item: RunRecorder.Seen) { self.init(item.key, item.person, item.sighting) }

    /// The key of all duties of its rule and record.
    var record: ExceptionKey {
      ExceptionKey(rule: key.rule, table: key.table, record: key.record, occasion: 0)
    }

    /// Whether it is due or was done on the day on which another one is or was.
    func isSame(as other: Duty) -> Bool {
      person == other.person
        && (done != nil && done == other.done || due != nil && due == other.due)
    }
  }

  private struct Trait: Hashable {
    var person: String
    var due: Int32?
    var done: Int32?
  }

  /// A duty with its place in the list that it comes from.
  typealias Placed = (place: Int, duty: Duty)

  /// By its place, each duty that had another number, and the place of what it was.
  private(set) var earlier: [Int: Int] = [:]

  private var renumbered: Set<Int> = []

  /// Whether the duty at a place of the earlier list has another number now.
  func hasMoved(_ place: Int) -> Bool { renumbered.contains(place) }

  /// Finds what goes on under another number.
  ///
  /// What was overdue and is not listed under any number has to be settled under its own, which no
  /// other may take.
  ///
  /// Where several records have one key, nobody can tell whose visit is whose, and nothing is found.
  init(_ now: [Placed], from before: [Placed]) {
    guard !now.isEmpty, !before.isEmpty else { return }
    var ofRecords: [ExceptionKey: (now: [Placed], before: [Placed])] = [:]
    for item in now { ofRecords[item.duty.record, default: ([], [])].now.append(item) }
    for item in before { ofRecords[item.duty.record]?.before.append(item) }
    for (now, before) in ofRecords.values where !before.isEmpty {
      let hasTwins = (now + before).contains { $0.duty.key.ordinal != 0 }
      if !hasTwins { match(now, before) }
    }
  }

  private mutating func match(_ now: [Placed], _ before: [Placed]) {
    let own = Dictionary(
      before.map { ($0.duty.key.occasion, $0) }, uniquingKeysWith: { first, _ in first })
    var taken: Set<Int> = []
    var left: [Placed] = []
    for item in now {
      if let same = own[item.duty.key.occasion], item.duty.isSame(as: same.duty) {
        taken.insert(same.place)
      } else {
        left.append(item)
      }
    }
    func inOrder(_ a: Placed, _ b: Placed) -> Bool {
      a.duty.key.occasion < b.duty.key.occasion
    }
    left.sort(by: inOrder)
    let known = before.sorted(by: inOrder)
    var found: [Int: (occasion: Int, place: Int)] = [:]
    for trait in [Self.isSameVisit, Self.isDoneTheSameDay, Self.isDueTheSameDay] {
      var places: [Trait: [Int]] = [:]
      for item in known.reversed() where !taken.contains(item.place) {
        if let trait = trait(item.duty) { places[trait, default: []].append(item.place) }
      }
      left.removeAll { item in
        guard let trait = trait(item.duty), let place = places[trait]?.popLast() else {
          return false
        }
        taken.insert(place)
        found[item.place] = (item.duty.key.occasion, place)
        return true
      }
    }
    let moved = Set(found.values.map(\.place))
    for (now, (occasion, place)) in found {
      if let own = own[occasion], own.duty.isOverdue, !moved.contains(own.place),
        !taken.contains(own.place)
      {
        continue
      }
      earlier[now] = place
      renumbered.insert(place)
    }
  }

  private static func isSameVisit(_ duty: Duty) -> Trait? {
    guard let due = duty.due, let done = duty.done else { return nil }
    return Trait(person: duty.person, due: due, done: done)
  }

  private static func isDoneTheSameDay(_ duty: Duty) -> Trait? {
    duty.done.map { Trait(person: duty.person, done: $0) }
  }

  private static func isDueTheSameDay(_ duty: Duty) -> Trait? {
    duty.due.map { Trait(person: duty.person, due: $0) }
  }
}
