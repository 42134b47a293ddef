import Dispatch
import Synchronization

/// Waits for work that only an asynchronous function can do, in a place that cannot be one.
func waiting<Result: Sendable>(_ work: @escaping @Sendable () async throws -> Result) throws
  -> Result
{
  let done = DispatchSemaphore(value: 0)
  let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
  Task {
    let result: Swift.Result<Result, any Error>
    do { result = .success(try await work()) } catch { result = .failure(error) }
    outcome.withLock { $0 = result }
    done.signal()
  }
  done.wait()
  guard let result = outcome.withLock({ $0 }) else {
    throw BrokenPromise(description: "the work has ended without a result")
  }
  return try result.get()
}
