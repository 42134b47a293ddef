import Dispatch

/// Releases a large value on another thread, so that nobody waits while it is destroyed.
///
/// With a single thread nothing would be gained, and it is released at once.
public func letGo(_ value: consuming some Sendable, threads: Int) {
  guard threads > 1 else { return }
  let value = value
  DispatchQueue.global().async { withExtendedLifetime(value) {} }
}
