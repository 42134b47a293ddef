import Exceptions

/// Records of a team that are gone together, while others of it stand there with the same left
/// undone.
///
/// A team that moves to another case system gets new numbers for its children and for their
/// records, so that neither the key nor the child says what has become of an exception. Many duties
/// of children who are not there any more, and as many that begin on that day, due on the same days,
/// are the same.
struct EnteredTogether {
  /// The records of a team in a table.
  struct Group: Hashable {
    var table: String
    var team: Int64
  }

  private struct Duty: Hashable {
    var rule: String
    var due: Int32?
    var done: Int32?
  }

  /// How many there still are of what a run opened, of the groups that have moved.
  private var opened: [Group: [Duty: Int]] = [:]
  /// How many exceptions of a group have gone on under another key.
  private(set) var taken: [Group: Int] = [:]

  /// Fewer may be a coincidence.
  private static let several = 5

  /// Compares what a run opens on a day with what it finds gone.
  init(
    _ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History],
    besides missing: [(spell: Spell, settled: Settled)], on day: Int32
  ) {
    var gone: [Group: [Duty: Int]] = [:]
    for (spell, settled) in missing where settled.state == .gone && settled.isChildGone {
      gone[Self.group(spell.key, spell.sighting), default: [:]][
        Self.duty(spell.key, spell.sighting), default: 0] += 1
    }
    gone = gone.filter { Self.count($0.value) { _, count in count } >= Self.several }
    if gone.isEmpty { return }
    var opened: [Group: [Duty: Int]] = [:]
    for (item, history) in zip(seen, histories) where history.openedDay == day {
      let group = Self.group(item.key, item.sighting)
      if gone[group] == nil { continue }
      opened[group, default: [:]][Self.duty(item.key, item.sighting), default: 0] += 1
    }
    self.opened = opened.filter { group, duties in
      guard let gone = gone[group] else { return false }
      let same = Self.count(gone) { min($1, duties[$0] ?? 0) }
      return same >= Self.several && same * 2 >= Self.count(gone) { $1 }
    }
  }

  /// How many duties with a due day there are: what has none is alike in too many records.
  private static func count(_ duties: [Duty: Int], _ number: (Duty, Int) -> Int) -> Int {
    duties.reduce(0) { $0 + ($1.key.due == nil ? 0 : number($1.key, $1.value)) }
  }

  private static func group(_ key: ExceptionKey, _ sighting: Sighting) -> Group {
    Group(table: key.table, team: sighting.team)
  }

  private static func duty(_ key: ExceptionKey, _ sighting: Sighting) -> Duty {
    Duty(rule: key.rule, due: sighting.due, done: sighting.done)
  }

  /// Whether what an exception of a record that is gone was stands under another key; it is that of
  /// no other.
  mutating func takes(_ spell: Spell, _ settled: Settled) -> Bool {
    guard settled.state == .gone, settled.isChildGone else { return false }
    let group = Self.group(spell.key, spell.sighting)
    let duty = Self.duty(spell.key, spell.sighting)
    guard let left = opened[group]?[duty], left > 0 else { return false }
    opened[group]?[duty] = left - 1
    taken[group, default: 0] += 1
    return true
  }
}
