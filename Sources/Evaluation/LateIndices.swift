import Synchronization

/// The indices over a list, built once a row asks for them.
///
/// While one thread builds them, others judge other rules; built beforehand, the longest of them
/// would be waited for.
final class LateIndices: Sendable {
  private let make: @Sendable () -> [JoinIndex]
  private let building = Mutex(())
  private let built = AtomicLazyReference<Built>()

  private final class Built: Sendable {
    let indices: [JoinIndex]

    init(_ indices: [JoinIndex]) { self.indices = indices }
  }

  init(_ make: @escaping @Sendable () -> [JoinIndex]) { self.make = make }

  var all: [JoinIndex] {
    if let built = built.load() { return built.indices }
    return building.withLock { _ in
      if let built = built.load() { return built.indices }
      return built.storeIfNil(Built(make())).indices
    }
  }
}
