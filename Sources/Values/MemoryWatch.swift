import Dispatch

/// Does something again and again, in the middle of whatever else is done, as long as it is there.
///
/// `@unchecked`, because nobody uses the timer but who makes this and who ends it.
final class MemoryWatch: @unchecked Sendable {
  private let timer: any DispatchSourceTimer
  /// Two threads that go through columns take back some 10 MB a millisecond of what was let go, as
  /// measured.
  private static let interval = DispatchTimeInterval.milliseconds(2)

  init(_ look: @escaping @Sendable () -> Void) {
    timer = DispatchSource.makeTimerSource(queue: DispatchQueue(label: "casecheck.memory"))
    timer.schedule(deadline: .now(), repeating: Self.interval)
    timer.setEventHandler(handler: look)
    timer.activate()
  }

  deinit { timer.cancel() }
}
