public import Exceptions
import Threads

/// Exceptions in the order of `precedesInList`; those that it holds equal keep their order.
///
/// Team, list and rule nearly always tell two exceptions apart, and they have few combinations.
/// These groups are put in order once; each group is then sorted by itself, on several threads.
public func inListOrder(_ exceptions: [CaseException], threads: Int) -> [CaseException] {
  var groups: [SortGroup: Int] = [:]
  var members: [[Int32]] = []
  // By group, the source shared by all its exceptions; nil if there are several.
  var sources: [ObjectIdentifier?] = []
  // Numbers alone show of most exceptions that they belong to a known group: those of one rule are
  // adjacent.
  var known: [NumberedGroup: [Int]] = [:]
  var kind: NumberedGroup?
  var byTeam: [Int] = []
  for place in exceptions.indices {
    let numbered = NumberedGroup(exceptions[place].record, exceptions[place].source)
    if numbered != kind {
      // An exception that holds its own words has its own source, which no later one shares.
      if let kind, kind.source == numbered.source { known[kind] = byTeam }
      kind = numbered
      byTeam = known[numbered] ?? []
    }
    let team = Int(exceptions[place].record.team)
    while byTeam.count <= team { byTeam.append(-1) }
    if byTeam[team] < 0 {
      let group = SortGroup(exceptions[place])
      byTeam[team] = groups[group] ?? members.count
      if byTeam[team] == members.count {
        groups[group] = members.count
        members.append([])
        sources.append(numbered.source)
      }
    }
    if sources[byTeam[team]] != numbered.source { sources[byTeam[team]] = nil }
    members[byTeam[team]].append(Int32(truncatingIfNeeded: place))
  }
  let (unsorted, ofOneSource) = (members, sources.map { $0 != nil })
  let order = groups.values.sorted {
    precedesInList(exceptions[Int(unsorted[$0][0])], exceptions[Int(unsorted[$1][0])])
  }
  let sorted = inParallel(order.count, threads: threads) { number in
    sortedByRecord(
      unsorted[order[number]], of: exceptions, areOfOneSource: ofOneSource[order[number]])
  }
  return inParallel(joining: sorted.map(\.count), threads: threads) { group, list in
    for place in sorted[group] { list.append(exceptions[Int(place)]) }
  }
}

/// The positions of one group's exceptions in the order of the list.
private func sortedByRecord(
  _ places: [Int32], of exceptions: [CaseException], areOfOneSource: Bool
) -> [Int32] {
  if places.count < 2 { return places }
  var room: [UInt8] = []
  var source = exceptions[Int(places[0])].source
  var keys = places.map { place in
    if !areOfOneSource, exceptions[Int(place)].source !== source {
      source = exceptions[Int(place)].source
    }
    return RecordKey(exceptions[Int(place)].record, of: source, place: place, &room)
  }
  func precedes(_ a: RecordKey, _ b: RecordKey) -> Bool {
    a.order(to: b) ?? precedesInList(exceptions[Int(a.place)], exceptions[Int(b.place)])
  }
  // Records mostly come in the order of their files, which is the order of their keys.
  if !zip(keys, keys.dropFirst()).contains(where: { precedes($1, $0) }) { return places }
  keys.sort(by: precedes)
  return keys.map(\.place)
}

/// The first bytes of an exception's person and record, which nearly always decide within a group.
private struct RecordKey {
  let place: Int32
  private let isWholePerson: Bool
  private let person: UInt64
  private let record: UInt64
  private let more: UInt64

  init(
    _ exception: ExceptionRecord, of source: any ExceptionSource, place: Int32,
    _ room: inout [UInt8]
  ) {
    self.place = place
    room.removeAll(keepingCapacity: true)
    let end = source.appendNames(of: exception, to: &room)
    // A possible formula is sorted with its apostrophe, so it is left to the full comparison.
    isComparable = end == 0 || !mayBeFormula(room[0])
    person = Self.word(room, 0..<end)
    isWholePerson = isComparable && end <= 8 && !room[..<end].contains(0)
    isPlainRecord = end == room.count || !mayBeFormula(room[end])
    record = Self.word(room, end..<room.count)
    more = room.count - end > 8 ? Self.word(room, end + 8..<room.count) : 0
  }

  private let isComparable: Bool
  private let isPlainRecord: Bool

  /// Whether this comes before another; nil if the first bytes do not decide.
  func order(to other: RecordKey) -> Bool? {
    guard isComparable, other.isComparable else { return nil }
    if person != other.person { return person < other.person }
    guard isWholePerson, other.isWholePerson, isPlainRecord, other.isPlainRecord else { return nil }
    if record != other.record { return record < other.record }
    return more != other.more ? more < other.more : nil
  }

  /// Eight bytes, padded with zeros, as a number that compares as they do.
  private static func word(_ bytes: [UInt8], _ range: Range<Int>) -> UInt64 {
    var word: UInt64 = 0
    for byte in bytes[range].prefix(8) { word = word << 8 | UInt64(byte) }
    return range.isEmpty ? 0 : word << UInt64(8 * (8 - min(range.count, 8)))
  }
}

/// Identifies exceptions of one team that belong together, without looking at their words.
private struct NumberedGroup: Hashable {
  let source: ObjectIdentifier
  private let kind: Int32
  private let list: CaseException.List

  init(_ record: ExceptionRecord, _ source: any ExceptionSource) {
    self.source = ObjectIdentifier(source)
    kind = record.kind
    list = record.list
  }
}

/// What exceptions that are adjacent in a list have in common.
private struct SortGroup: Hashable {
  private let team: String
  private let list: CaseException.List
  private let rule: String

  init(_ exception: CaseException) {
    team = exception.team.shown
    list = exception.list
    rule = exception.rule
  }

  /// By bytes: Swift holds two spellings of an accented letter to be equal.
  static func == (a: SortGroup, b: SortGroup) -> Bool {
    a.list == b.list && byteOrder(a.rule, b.rule) == 0 && byteOrder(a.team, b.team) == 0
  }
}
