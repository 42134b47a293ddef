import Exceptions
import GRDB
import WorkingTime

/// Tells apart exceptions of one rule, record and occasion: of several records that have one key, or
/// that say the same without one.
///
/// What a run lists goes on with the open exception that it is most like: of the same child, with
/// the same wrong in the same team; then with the same wrong; then due on the same day; then of the
/// same child; then any. Those alike are taken in turn: what is listed in the order of files and
/// lines, what is open by since when, so that of two that say the same the older one goes on with
/// the first. What is left over is one of the same child that had ended, or new.
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
    var twins = try openTwins()
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
    var isOpen: Bool
    /// Since when it has been open, or had been when it ended.
    var opened: Int32
  }

  /// In how much two twins are alike, from all to nothing.
  private enum Likeness: CaseIterable {
    case team, wrong, due, child, nothing

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
    let inTurn = known.sorted { ($0.opened, $0.number) < ($1.opened, $1.number) }
    for likeness in Likeness.allCases { take(inTurn.filter(\.isOpen), by: likeness) }
    take(inTurn.filter { !$0.isOpen }, by: .child)
    let taken = Set(known.map(\.number))
    var next = 0
    return numbers.map { number in
      if let number { return number }
      while taken.contains(next) { next += 1 }
      defer { next += 1 }
      return next
    }
  }

  /// The keys, without their numbers, of which more than the first was open before the run.
  private func openTwins() throws -> Set<ExceptionKey> {
    var twins: Set<ExceptionKey> = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT e.rule, e.table_name, e.record, e.occasion, 0 FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.until_day IS NULL AND s.\(SpellState.open) AND e.ordinal > 0 AND s.from_day < ?1
        UNION SELECT e.rule, e.table_name, e.record, e.occasion, 0
        FROM spell s JOIN exception e ON e.id = s.exception
        WHERE s.until_day >= ?1 AND s.\(SpellState.open) AND e.ordinal > 0 AND s.from_day < ?1
        """, arguments: [day])
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
          isOpen: spell.sighting.state.isOpen, opened: spell.openedDay))
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
