import Dispatch
import Synchronization

/// Does `count` pieces of work on a number of threads; the results are in the order of the pieces.
///
/// A thread that has done a piece takes the next one. If several pieces fail, the error of the
/// first one in order is thrown.
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
  return try inOrder(outcomes.withLock { exchange(&$0, with: []) })
}

/// The results of the pieces in order.
///
/// They are taken from the last to the first, so that each result is moved and none is copied.
private func inOrder<Result, Failure: Error>(
  _ outcomes: consuming [Swift.Result<Result, Failure>?]
) throws(Failure) -> [Result] {
  var results: [Result] = []
  results.reserveCapacity(outcomes.count)
  var failure: Failure?
  while let outcome = outcomes.popLast() {
    switch outcome {
    case .success(let result): results.append(result)
    case .failure(let first): failure = first
    case nil: break
    }
  }
  if let failure { throw failure }
  results.reverse()
  return results
}
