import Foundation
import Glibc
import Synchronization
import SystemPackage

/// Ends a run cleanly when a signal asks it to stop: SIGTERM, SIGINT or SIGHUP.
///
/// Outside `held`, where nothing is half done, the run ends at once. Within `held` it goes on to
/// the next `check`, where it undoes what it has begun, or to the end of `held`, where what it has
/// begun is complete.
///
/// Unless `listen` is called, as in tests, signals have their usual effect.
public final class CleanStop: Sendable {
  private struct State {
    var asked: Int32?
    var depth = 0
    var isInPlace = false
    var isOver = false
    var release: (@Sendable () -> Void)?
    var end: (@Sendable (_ signal: Int32, _ isInPlace: Bool) -> Void)?

    /// Ends the process; called with the lock held, so that no thread can begin to write.
    func stop(_ signal: Int32) {
      release?()
      end?(signal, isInPlace)
      _exit(128 + signal)
    }
  }

  private let state = Mutex(State())

  /// A value that receives no signals before `listen` is called.
  public init() {}

  /// Listens from now on, in place of any other value in the process.
  ///
  /// The signal handler only writes the signal's number into a pipe, from which a thread reads it.
  /// Anything more would not be safe in a handler (signal-safety(7)). A signal that is already
  /// ignored, as under nohup(1), stays ignored.
  ///
  /// - Parameter end: reports that the run was stopped, and whether its lists are in place. The
  ///   process then ends with 128 plus the signal's number, as shells count it.
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
    // Sound: both structures are locals, which the calls read and write before they return.
    guard unsafe sigaction(number, nil, &old) == 0 else { return }
    // Function pointers cannot be compared in Swift; their addresses can.
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
    // A blocked call resumes after the handler, as if no signal had come.
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

  /// Sets what is done just before a signal ends the process; nil for nothing.
  ///
  /// It closes or removes what must not be left, such as an open ledger.
  public func onStop(_ release: (@Sendable () -> Void)?) {
    state.withLock { $0.release = release }
  }

  /// Notes that the lists are in place and recorded, for the message if the run is stopped later.
  public func markInPlace() {
    state.withLock { $0.isInPlace = true }
  }

  /// Notes that the run is over and about to exit: a signal that comes now is ignored.
  public func finish() {
    state.withLock { $0.isOver = true }
  }

  /// Does what must not be left half done: a signal ends the process only afterwards.
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

  /// Throws `stopped` if a signal has come, so that the caller undoes what it has begun.
  public func check() throws(DeliveryFault) {
    if state.withLock({ $0.asked != nil }) { throw .stopped }
  }
}

// The pipe that the handler writes to. It is global because a handler gets only the signal's number
// (sigaction(2)). Sound: it is set before any handler that reads it is installed.
nonisolated(unsafe) private var signalPipe: Int32 = -1
