import Synchronization

/// Does pieces of work that come in groups, on a number of threads; the results are by group, in
/// the order of its pieces.
///
/// As long as there are enough groups, no two threads work on one: they would otherwise wait for
/// each other wherever its pieces count references to the same objects.
public func inGroups<Result: Sendable>(
  _ counts: [Int], threads: Int, _ work: @Sendable (_ group: Int, _ piece: Int) -> Result
) -> [[Result]] {
  let turns = Mutex(GroupTurns(counts))
  let done = inParallel(counts.isEmpty ? 0 : max(threads, 1), threads: threads) { _ in
    var results: [(group: Int, piece: Int, result: Result)] = []
    var group: Int?
    while let next = turns.withLock({ $0.next(after: group) }) {
      results.append((next.group, next.piece, work(next.group, next.piece)))
      group = next.group
    }
    return results
  }
  var results: [[Result?]] = counts.map { Array(repeating: nil, count: $0) }
  for item in done.joined() { results[item.group][item.piece] = item.result }
  return results.map { group in
    let whole = group.compactMap(\.self)
    precondition(whole.count == group.count, "every piece has been done")
    return whole
  }
}

/// Decides which piece is done next.
private struct GroupTurns {
  private let counts: [Int]
  /// By group, how many of its pieces have been taken.
  private var taken: [Int]
  /// Before this one, every group has been begun.
  private var begun = 0

  init(_ counts: [Int]) {
    self.counts = counts
    taken = Array(repeating: 0, count: counts.count)
  }

  /// The next piece for a thread that has last worked on a group: of that group while it lasts,
  /// then of one that nobody has begun, then of the one of which most is left.
  mutating func next(after last: Int?) -> (group: Int, piece: Int)? {
    if let last, let piece = take(from: last) { return (last, piece) }
    while begun < counts.count {
      begun += 1
      if let piece = take(from: begun - 1) { return (begun - 1, piece) }
    }
    let left = counts.indices.max { counts[$0] - taken[$0] < counts[$1] - taken[$1] }
    guard let left, let piece = take(from: left) else { return nil }
    return (left, piece)
  }

  private mutating func take(from group: Int) -> Int? {
    guard taken[group] < counts[group] else { return nil }
    taken[group] += 1
    return taken[group] - 1
  }
}
