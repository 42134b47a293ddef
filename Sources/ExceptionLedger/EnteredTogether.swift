import Exceptions

/// Records of a team that are gone together, while others stand there with the same left undone.
///
/// A team that moves to another case system gets new numbers for its children and for their
/// records, so that neither the key nor the child says what has become of an exception. Many duties
/// of children who are not there any more, and as many that have been listed since of others, due
/// on the same days, are the same. They may be another team's by now: a team that is joined with
/// another, or called otherwise, gets its new numbers with it.
struct EnteredTogether {
  /// The records of a team in a table.
  struct Group: Hashable {
    var table: String
    var team: Int64

    fileprivate func precedes(_ other: Group) -> Bool {
      table != other.table ? byteOrder(table, other.table) < 0 : team < other.team
    }
  }

  /// What a rule asks of the records of a table.
  struct Asked: Hashable {
    var rule: String
    var table: String
  }

  private struct Duty: Hashable {
    var asked: Asked
    var due: Int32?
    var done: Int32?

    init(_ key: ExceptionKey, _ sighting: Sighting) {
      asked = Asked(rule: key.rule, table: key.table)
      (due, done) = (sighting.due, sighting.done)
    }
  }

  /// An exception whose record is gone with its child.
  private struct Gone {
    var exception: Int64
    var group: Group
    var duty: Duty
    /// The first run that no longer listed it: what has come in its place is listed since.
    var first: Int32

    init(_ spell: Spell, first: Int32) {
      exception = spell.exception
      group = Group(table: spell.key.table, team: spell.sighting.team)
      duty = Duty(spell.key, spell.sighting)
      self.first = first
    }
  }

  /// How many exceptions of a group have gone on under another key.
  private(set) var moved: [Group: Int] = [:]
  /// How many exceptions without a due day are gone of a rule that lists as many others since.
  ///
  /// One is like any other of its rule, so that they may have been put right.
  private(set) var alike: [Asked: Int] = [:]
  /// The exceptions in whose place another has come.
  private var replaced: Set<Int64> = []

  /// Fewer may be a coincidence.
  private static let several = 5

  /// Compares what a run lists with what it finds gone.
  ///
  /// `unlisted` gives the first run that no longer listed one. What other runs before this one have
  /// opened since counts as well: the night on which a team gets its numbers may be one on which
  /// nothing can be said of those that are gone.
  init(
    _ seen: [RunRecorder.Seen], _ histories: [RunRecorder.History],
    besides missing: [(spell: Spell, settled: Settled)], unlisted: (Spell) throws -> Int32
  ) throws {
    var gone: [Gone] = []
    for (spell, settled) in missing where settled.state == .gone && settled.isChildGone {
      gone.append(Gone(spell, first: try unlisted(spell)))
    }
    let large = Dictionary(grouping: gone, by: \.group)
      .filter { Self.dated($0.value) >= Self.several }
    let undated = Dictionary(grouping: gone.filter { $0.duty.due == nil }, by: \.duty)
      .filter { $0.value.count >= Self.several }
    let asked = Set(large.values.joined().map(\.duty)).union(undated.keys)
    guard !asked.isEmpty, let earliest = gone.map(\.first).min() else { return }
    // The days on which what the run lists was opened, by team.
    var others: [Duty: [Int64: [Int32]]] = [:]
    for (item, history) in zip(seen, histories) where history.openedDay >= earliest {
      let duty = Duty(item.key, item.sighting)
      guard asked.contains(duty) else { continue }
      others[duty, default: [:]][item.sighting.team, default: []].append(history.openedDay)
    }
    others = others.mapValues { teams in teams.mapValues { $0.sorted() } }
    for (group, found) in Self.moved(among: large, others) {
      moved[group] = found.count
      replaced.formUnion(found.map(\.exception))
    }
    for (duty, gone) in undated {
      let left = gone.filter { !replaced.contains($0.exception) }
      guard left.count >= Self.several, let first = left.map(\.first).min() else { continue }
      let opened = (others[duty] ?? [:]).values.joined().count(where: { $0 >= first })
      // Those that have come in the place of one stand for no other.
      if opened - (gone.count - left.count) >= left.count {
        alike[duty.asked, default: 0] += left.count
      }
    }
  }

  /// How many have a due day: what has none is alike in too many records.
  private static func dated(_ gone: [Gone]) -> Int { gone.count { $0.duty.due != nil } }

  /// The groups of which as many have come as it takes, with those in whose place another has come.
  ///
  /// The group of which the least share has gives back what it took, if that is too little: others
  /// may have been waiting for it.
  private static func moved(
    among groups: [Group: [Gone]], _ others: [Duty: [Int64: [Int32]]]
  ) -> [Group: [Gone]] {
    var groups = groups
    while true {
      let found = chosen(among: groups, others)
      let counts = groups.map { group, gone in
        (group: group, same: dated(found[group] ?? []), all: dated(gone))
      }
      let tooFew = counts.filter { $0.same < several || $0.same * 2 < $0.all }
      let least = tooFew.min { a, b in
        let (x, y) = (a.same * b.all, b.same * a.all)
        return x != y ? x < y : a.group.precedes(b.group)
      }
      guard let least else { return found }
      groups[least.group] = nil
    }
  }

  /// Those of each group in whose place another has come, one for each.
  ///
  /// What the same team has is taken first. What another has is taken only where it has a due day.
  private static func chosen(
    among groups: [Group: [Gone]], _ others: [Duty: [Int64: [Int32]]]
  ) -> [Group: [Gone]] {
    var others = others
    func take(_ gone: Gone, from team: Int64) -> Bool {
      guard let last = others[gone.duty]?[team]?.last, last >= gone.first else { return false }
      others[gone.duty]?[team]?.removeLast()
      return true
    }
    // Whichever was listed last chooses first: fewest have come since.
    let inTurn = groups.sorted { $0.key.precedes($1.key) }.flatMap {
      $0.value.sorted { $0.first > $1.first }
    }
    var (chosen, left): ([Group: [Gone]], [Gone]) = ([:], [])
    for gone in inTurn {
      if take(gone, from: gone.group.team) {
        chosen[gone.group, default: []].append(gone)
      } else if gone.duty.due != nil {
        left.append(gone)
      }
    }
    for gone in left {
      let teams = (others[gone.duty] ?? [:]).keys.sorted()
      if teams.contains(where: { take(gone, from: $0) }) {
        chosen[gone.group, default: []].append(gone)
      }
    }
    return chosen
  }

  /// Whether another exception has come in the place of this one.
  func has(_ spell: Spell) -> Bool { replaced.contains(spell.exception) }
}
