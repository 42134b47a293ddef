internal import Dispatch
internal import Synchronization

/// Does `count` pieces of work on so many threads; the results stand in the order of the pieces.
///
/// A thread that has done its piece takes the next one. Of several pieces that fail, the first in order is thrown.
public func inParallel<Result: Sendable, Failure: Error>(
  _ count: Int, threads: Int, _ work: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
  guard threads > 1, count > 1 else {
    var results: [Result] = []
    for number in 0..<count { results.append(try work(number)) }
    return results
  }
  let next = Atomic(0)
  let outcomes = Mutex([Swift.Result<Result, Failure>?](repeating: nil, count: count))
  DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
    while true {
      let number = next.add(1, ordering: .relaxed).oldValue
      guard number < count else { return }
      let outcome = Swift.Result { () throws(Failure) in try work(number) }
      outcomes.withLock { $0[number] = outcome }
    }
  }
  var results: [Result] = []
  results.reserveCapacity(count)
  for outcome in outcomes.withLock({ $0 }) {
    if let result = try outcome?.get() { results.append(result) }
  }
  return results
}
