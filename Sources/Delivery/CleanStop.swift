import Foundation
import Glibc
import Synchronization
import SystemPackage

/// A clean end of a run that a signal asks to stop: SIGTERM, SIGINT or SIGHUP.
///
/// While nothing is being written, the run ends at once. Within `held` it goes on to the next
/// `check`, where it takes back what it has begun, or to the end of `held`, where what it has begun
/// is whole.
///
/// Whoever makes one and does not listen has a run that nobody can stop so, as in a test: signals
/// do what they always do.
public final class CleanStop: Sendable {
  private struct State {
    var asked: Int32?
    var depth = 0
    var isInPlace = false
    var isOver = false
    var release: (@Sendable () -> Void)?
    var end: (@Sendable (_ signal: Int32, _ isInPlace: Bool) -> Void)?

    /// Ends the process; called with the lock taken, so that no thread begins to write any more.
    func stop(_ signal: Int32) {
      release?()
      end?(signal, isInPlace)
      _exit(128 + signal)
    }
  }

  private let state = Mutex(State())

  /// One that hears no signal until it listens.
  public init() {}

  /// Listens from now on, in place of any other of the process.
  ///
  /// The signal's handler only writes its number into a pipe; a thread reads it there. Everything
  /// else would not be safe in a handler (signal-safety(7)). A signal that is ignored already, as
  /// under nohup(1), stays so.
  ///
  /// - Parameter end: says that the run was stopped, and whether its lists are in place. The
  ///   process then ends with 128 and the signal's number, as a shell counts it.
  public func listen(_ end: @escaping @Sendable (_ signal: Int32, _ isInPlace: Bool) -> Void) {
    guard let pipe = try? FileDescriptor.pipe() else { return }
    state.withLock { $0.end = end }
    unsafe signalPipe = pipe.writeEnd.rawValue
    for end in [pipe.readEnd, pipe.writeEnd] { _ = fcntl(end.rawValue, F_SETFD, FD_CLOEXEC) }
    Thread.detachNewThread {
      var number: UInt8 = 0
      while true {
        let count = unsafe withUnsafeMutableBytes(of: &number) {
          unsafe try? pipe.readEnd.read(into: $0)
        }
        guard let count, count > 0 else { return }
        self.ask(Int32(number))
      }
    }
    for signal in [SIGTERM, SIGINT, SIGHUP] { Self.take(signal) }
  }

  private static func take(_ number: Int32) {
    var old = sigaction()
    // Sound: both structures are locals that the calls read and write before they return.
    guard unsafe sigaction(number, nil, &old) == 0 else { return }
    // Functions cannot be compared; their addresses can.
    let taken = unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
    let ignoring = unsafe unsafeBitCast(SIG_IGN, to: Int.self)
    if taken == ignoring { return }
    var new = sigaction()
    unsafe new.__sigaction_handler.sa_handler = { number in
      let before = errno
      var byte = UInt8(truncatingIfNeeded: number)
      _ = unsafe write(signalPipe, &byte, 1)
      errno = before
    }
    // A call that waits goes on after the handler, as if no signal had come.
    new.sa_flags = SA_RESTART
    _ = unsafe sigaction(number, &new, nil)
  }

  private func ask(_ signal: Int32) {
    state.withLock { state in
      if state.isOver { return }
      state.asked = state.asked ?? signal
      if state.depth == 0 { state.stop(signal) }
    }
  }

  /// What has to be let go where the process ends outside `held`, such as a file that is open; nil
  /// for nothing.
  public func onStop(_ release: (@Sendable () -> Void)?) {
    state.withLock { $0.release = release }
  }

  /// From now on the lists are in place and recorded: said where the run is stopped after.
  public func markInPlace() {
    state.withLock { $0.isInPlace = true }
  }

  /// The run is over and about to exit as it ended: a signal that comes now changes nothing any
  /// more.
  public func finish() {
    state.withLock { $0.isOver = true }
  }

  /// Does what must not be left half done; a signal that came meanwhile ends the process after it.
  public func held<Result, Failure: Error>(
    _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    state.withLock { $0.depth += 1 }
    defer {
      state.withLock { state in
        state.depth -= 1
        if state.depth == 0, let signal = state.asked { state.stop(signal) }
      }
    }
    return try body()
  }

  /// Throws `stopped` where a signal has come: what was begun is taken back on the way out.
  public func check() throws(DeliveryFault) {
    if state.withLock({ $0.asked != nil }) { throw .stopped }
  }
}

// Where the handler writes: a handler gets a signal's number and nothing else (sigaction(2)).
// Sound: written before the handler is set that reads it.
nonisolated(unsafe) private var signalPipe: Int32 = -1
