import Dispatch

/// Lets go of a large value on another thread, so that nobody waits while it is taken apart.
///
/// On a single thread nothing is gained: there it goes at once.
public func letGo(_ value: consuming some Sendable, threads: Int) {
  guard threads > 1 else { return }
  let value = value
  DispatchQueue.global().async { withExtendedLifetime(value) {} }
}
