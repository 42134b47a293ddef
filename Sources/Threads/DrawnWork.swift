internal import Dispatch
internal import Synchronization

/// Gives pieces of work one after the other.
public protocol WorkSource: Sendable {
  /// What is worked on.
  associatedtype Piece: Sendable

  /// The next piece; nil where there are no more, after which it is not asked again.
  ///
  /// Asked by one thread at a time.
  func next() -> Piece?
}

/// Does the work that some sources give on so many threads; the results stand in the order of the sources, and of the
/// pieces of each.
///
/// A thread works on the piece that it has been given, while others ask for the next ones; of the sources that nobody
/// is asking, it asks the first. Each thread has a worker of its own, which keeps what it likes from piece to piece:
/// these are returned as well, by their numbers.
public func inParallel<Source: WorkSource, Worker: Sendable, Result: Sendable>(
  drawingFrom sources: [Source], threads: Int, worker: @Sendable (Int) -> Worker,
  _ work: @Sendable (inout Worker, Int, Source.Piece) -> Result
) -> (results: [[Result]], workers: [Worker]) {
  let state = Mutex(DrawnWork<Result>(sources: sources.count))
  let bell = DispatchSemaphore(value: 0)
  let workers = inParallel(sources.isEmpty ? 0 : threads, threads: threads) { number in
    var worker = worker(number)
    while true {
      switch state.withLock({ $0.turn() }) {
      case .ask(let source):
        let piece = sources[source].next()
        let (number, waiting) = state.withLock { $0.answered(source, isSpent: piece == nil) }
        for _ in 0..<waiting { bell.signal() }
        guard let piece else { continue }
        let result = work(&worker, source, piece)
        state.withLock { $0.results[source][number] = result }
      case .wait: bell.wait()
      case .stop: return worker
      }
    }
  }
  return (state.withLock { $0.results.map { $0.compactMap(\.self) } }, workers)
}

/// Which sources can be asked for more, and what has come of the pieces that they gave.
private struct DrawnWork<Result> {
  enum Turn {
    case ask(Int)
    /// Until a source that is being asked has answered.
    case wait
    case stop
  }

  private enum State {
    case ready
    case asked
    case spent
  }

  private var sources: [State]
  private var waiting = 0
  var results: [[Result?]]

  init(sources count: Int) {
    sources = Array(repeating: .ready, count: count)
    results = Array(repeating: [], count: count)
  }

  /// What the thread that asks is to do.
  mutating func turn() -> Turn {
    if let source = sources.firstIndex(of: .ready) {
      sources[source] = .asked
      return .ask(source)
    }
    guard sources.contains(.asked) else { return .stop }
    waiting += 1
    return .wait
  }

  /// A source has answered; returns the number of the piece, and how many threads have waited for that.
  mutating func answered(_ source: Int, isSpent: Bool) -> (number: Int, waiting: Int) {
    sources[source] = isSpent ? .spent : .ready
    if !isSpent { results[source].append(nil) }
    defer { waiting = 0 }
    return (results[source].count - 1, waiting)
  }
}
