import Exceptions
import GRDB
import WorkingTime

/// Tells apart exceptions of one rule, record and occasion: of several records that have one key, or
/// that say the same without one.
///
/// What a run lists goes on with the open exception that it is most like: of the same child, with
/// the same wrong in the same team; then with the same wrong; then due on the same day; then of the
/// same child; so with those that the last run listed, then with those that it had open all the
/// same; then any. Those alike are taken in turn: what is listed in the order of files and lines,
/// what is open by when it was first seen, then by since when it is open. Of two that say the same
/// the older one goes on with the first. What is left over is one of the same child that had ended,
/// or new.
///
/// Were they told apart by their lines or their order in the list alone, then of two children whose
/// records have one key the one would take the other's place, and be said to be put right, as soon
/// as the other was.
struct TwinKeys {
  let db: Database
  let names: Names
  /// The day of the run; what this run and later ones have made of exceptions does not count.
  let day: Int32

  /// The keys of all exceptions of a run, in the same order.
  func keys(of exceptions: [CaseException]) throws -> [ExceptionKey] {
    var keys = exceptionKeys(of: exceptions)
    var twins = try knownTwins()
    for key in keys where key.ordinal > 0 { twins.insert(key.first) }
    if twins.isEmpty { return keys }
    var places: [ExceptionKey: [Int]] = [:]
    for (place, key) in keys.enumerated() where key.ordinal >= 0 && twins.contains(key.first) {
      places[key.first, default: []].append(place)
    }
    for (first, places) in places {
      let inOrder = places.map { (place: $0, exception: exceptions[$0]) }.sorted {
        let order = byteOrder($0.exception.sourceFile, $1.exception.sourceFile)
        return order == 0
          ? ($0.exception.sourceLine ?? 0) < ($1.exception.sourceLine ?? 0) : order < 0
      }
      let listed = inOrder.map { Twin($0.exception) }
      for (item, number) in zip(inOrder, Self.numbers(of: listed, among: try known(first))) {
        keys[item.place].ordinal = number
      }
    }
    return keys
  }

  /// What tells twins apart.
  struct Twin {
    var person: UnreadWord
    /// The digest of what is wrong.
    var digest: Int64
    var due: Int32?
    var team: String

    init(_ exception: CaseException) {
      person = UnreadWord(exception.personID)
      digest = Int64(bitPattern: exception.digestNumber)
      due = exception.dueDay?.dayNumber
      team = exception.team.shown
    }

    init(_ spell: Spell, team: String) {
      person = UnreadWord(spell.person)
      (digest, due) = (spell.sighting.digest, spell.sighting.due)
      self.team = team
    }
  }

  /// A twin that the ledger knows, with its number.
  struct Known {
    var twin: Twin
    var number: Int
    var state: SpellState
    /// The run that first saw it.
    var firstSeen: Int32
    /// Since when it has been open, or had been when it ended.
    var opened: Int32
  }

  /// In how much two twins are alike, from all to nothing.
  private enum Likeness {
    case team, wrong, due, child, nothing

    static let ofChild = [team, wrong, due, child]

    struct Trait: Hashable {
      var person: UnreadWord?
      var digest: Int64?
      var due: Int32?
      var team: String?
    }

    func trait(_ twin: Twin) -> Trait {
      switch self {
      case .team: Trait(person: twin.person, digest: twin.digest, team: twin.team)
      case .wrong: Trait(person: twin.person, digest: twin.digest)
      case .due: Trait(person: twin.person, due: twin.due)
      case .child: Trait(person: twin.person)
      case .nothing: Trait()
      }
    }
  }

  /// The numbers of twins that a run lists, in their order.
  static func numbers(of listed: [Twin], among known: [Known]) -> [Int] {
    var numbers = [Int?](repeating: nil, count: listed.count)
    func take(_ twins: [Known], by likeness: Likeness) {
      let taken = Set(numbers.compactMap(\.self))
      var left: [Likeness.Trait: [Int]] = [:]
      for twin in twins.reversed() where !taken.contains(twin.number) {
        left[likeness.trait(twin.twin), default: []].append(twin.number)
      }
      for place in numbers.indices where numbers[place] == nil {
        numbers[place] = left[likeness.trait(listed[place])]?.popLast()
      }
    }
    let inTurn = known.sorted {
      ($0.firstSeen, $0.opened, $0.number) < ($1.firstSeen, $1.opened, $1.number)
    }
    let listedBefore = inTurn.filter { $0.state.isOpen && !$0.state.isUnsettled }
    let unsettled = inTurn.filter(\.state.isUnsettled)
    for open in [listedBefore, unsettled] {
      for likeness in Likeness.ofChild { take(open, by: likeness) }
    }
    take(listedBefore + unsettled, by: .nothing)
    take(inTurn.filter { !$0.state.isOpen }, by: .child)
    let taken = Set(known.map(\.number))
    var next = 0
    return numbers.map { number in
      if let number { return number }
      while taken.contains(next) { next += 1 }
      defer { next += 1 }
      return next
    }
  }

  /// The keys, without their numbers, of which there has been more than the first.
  private func knownTwins() throws -> Set<ExceptionKey> {
    var twins: Set<ExceptionKey> = []
    let rows = try Row.fetchCursor(
      db, sql: "SELECT rule, table_name, record, occasion, 0 FROM exception WHERE ordinal > 0")
    while let row = try rows.next() { twins.insert(try ExceptionKey(row, from: 0, names)) }
    return twins
  }

  /// What the ledger knew of a key before the run.
  private func known(_ first: ExceptionKey) throws -> [Known] {
    guard let rule = names.known(first.rule), let table = names.known(first.table) else {
      return []
    }
    let find = try db.cachedStatement(
      sql: """
        SELECT \(Spell.columns), coalesce(
          (SELECT before FROM renamed r WHERE r.exception = e.id AND r.day >= ?5 ORDER BY r.day LIMIT 1), e.person)
        FROM exception e JOIN spell s ON s.exception = e.id
        WHERE e.record = ?1 AND e.rule = ?2 AND e.table_name = ?3 AND e.occasion = ?4 AND e.ordinal >= 0
          AND s.from_day < ?5 AND (s.until_day IS NULL OR s.until_day >= ?5)
        """)
    let arguments: StatementArguments = [first.record, rule, table, first.occasion, day]
    let rows = try Row.fetchCursor(find, arguments: arguments)
    var known: [Known] = []
    while let row = try rows.next() {
      var spell = try Spell(row, names: names)
      spell.person = try row.value(21)
      known.append(
        Known(
          twin: Twin(spell, team: try names[spell.sighting.team]), number: spell.key.ordinal,
          state: spell.sighting.state, firstSeen: spell.firstDay,
          opened: spell.openedDay))
    }
    return known
  }
}

extension ExceptionKey {
  /// The key of the first of those that are otherwise the same.
  var first: ExceptionKey {
    var key = self
    key.ordinal = 0
    return key
  }
}

extension [Spell] {
  /// The same, each with its rank among those of its key behind those that a run lists.
  func ranked(besides listed: some Sequence<ExceptionKey>) -> [Spell] {
    if isEmpty { return self }
    var next: [ExceptionKey: Int] = [:]
    for spell in self where spell.key.ordinal > 0 { next[spell.key.first] = 0 }
    for key in listed where key.ordinal > 0 { next[key.first] = 0 }
    if next.isEmpty { return self }
    for key in listed where key.ordinal >= 0 { next[key.first]? += 1 }
    var ranked = self
    for place in indices.sorted(by: { self[$0].key < self[$1].key }) {
      guard self[place].key.ordinal >= 0, let rank = next[self[place].key.first] else { continue }
      ranked[place].rank = rank
      next[self[place].key.first] = rank + 1
    }
    return ranked
  }
}
