import Synchronization

/// Adds up what the readers of all files have read, for a single progress display.
final class ReadingMeter: Sendable {
  private struct State {
    var bytes = 0
    var rows = 0
  }

  private let state = Mutex(State())
  private let report: ReadingProgress

  init(_ report: @escaping ReadingProgress) { self.report = report }

  /// The meter of one reader, which is told what that reader alone has read so far.
  func part() -> ReadingProgress {
    let last = Mutex(State())
    return { [self] bytes, rows in
      let (moreBytes, moreRows) = last.withLock { last in
        defer { last = State(bytes: bytes, rows: rows) }
        return (bytes - last.bytes, rows - last.rows)
      }
      // Called under the lock, so that the figures never go back.
      state.withLock { state in
        state.bytes += moreBytes
        state.rows += moreRows
        report(state.bytes, state.rows)
      }
    }
  }
}
