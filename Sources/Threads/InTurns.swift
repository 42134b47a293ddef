import Foundation

/// Does the work that several sources provide, piece by piece, on a number of threads.
///
/// The results are in the order of the sources and, for each source, of its pieces. Each thread has
/// its own worker. `draw` makes it take the next piece of a source and tells whether there was one;
/// `work` makes it do that piece while other threads draw the next ones. Only one thread at a time
/// draws from a source. A thread draws from the first source that is not used up and that no other
/// thread is drawing from. The workers are returned as well, in the order of their numbers.
public func inTurns<Worker: Sendable, Result: Sendable>(
  _ sources: Int, threads: Int, worker: @Sendable (Int) -> Worker,
  draw: @Sendable (inout Worker, Int) -> Bool, work: @Sendable (inout Worker, Int) -> Result
) -> (results: [[Result]], workers: [Worker]) {
  let turns = Turns(sources: sources)
  let done = inParallel(sources > 0 ? max(threads, 1) : 0, threads: threads) { number in
    var worker = worker(number)
    var results: [(piece: Turns.Piece, result: Result)] = []
    while let source = turns.next() {
      let piece = turns.drawn(from: source, isSpent: !draw(&worker, source))
      if let piece { results.append((piece, work(&worker, source))) }
    }
    return (worker: worker, results: results)
  }
  var results: [[Result?]] = turns.counts.map { Array(repeating: nil, count: $0) }
  for (piece, result) in done.flatMap(\.results) { results[piece.source][piece.number] = result }
  return (results.map { $0.compactMap(\.self) }, done.map(\.worker))
}

/// Decides which source is drawn from next.
///
/// `@unchecked`, because its state is only touched under the lock.
private final class Turns: @unchecked Sendable {
  typealias Piece = (source: Int, number: Int)

  private enum State {
    case ready
    case drawnFrom
    case spent
  }

  private let lock = NSCondition()
  private var states: [State]
  private var pieces: [Int]

  init(sources count: Int) {
    states = Array(repeating: .ready, count: count)
    pieces = Array(repeating: 0, count: count)
  }

  /// How many pieces each source has given.
  var counts: [Int] { lock.withLock { pieces } }

  /// The source to draw from next; nil once all are used up.
  ///
  /// No other thread draws from it until `drawn` is called.
  func next() -> Int? {
    lock.withLock {
      while true {
        if let source = states.firstIndex(of: .ready) {
          states[source] = .drawnFrom
          return source
        }
        guard states.contains(.drawnFrom) else { return nil }
        lock.wait()
      }
    }
  }

  /// Notes that a thread has drawn from a source, and numbers the piece; nil if none was left.
  func drawn(from source: Int, isSpent: Bool) -> Piece? {
    lock.withLock {
      states[source] = isSpent ? .spent : .ready
      lock.broadcast()
      if isSpent { return nil }
      pieces[source] += 1
      return (source, pieces[source] - 1)
    }
  }
}
