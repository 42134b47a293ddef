import CheckRuns
import Foundation
import Synchronization

/// A line on the terminal that shows how far a run has got; silent where there is no terminal.
final class ProgressBar: Sendable {
  private struct State {
    var progress = CheckProgress()
    var shownAt = ContinuousClock.now - .seconds(1)

    /// Draws a line, at most ten times a second.
    mutating func draw(_ line: () -> String) {
      let now = ContinuousClock.now
      guard now - shownAt > .milliseconds(100) else { return }
      shownAt = now
      Console.draw(line())
    }
  }

  private let state = Mutex(State())
  private let isOn: Bool

  init(_ output: OutputOptions) {
    // A line that is drawn again and again is no JSON.
    switch output.quiet || output.logFormat == .json ? .never : output.progress {
    case .always: isOn = true
    case .never: isOn = false
    case .auto: isOn = isatty(STDERR_FILENO) == 1
    }
  }

  /// Takes a progress report of a run.
  func update(_ news: CheckProgress) {
    guard isOn else { return }
    state.withLock { state in
      if news.totalBytes > 0 {
        state.progress.bytes = news.bytes
        state.progress.totalBytes = news.totalBytes
        state.progress.rows = news.rows
      }
      state.progress.exceptions = max(state.progress.exceptions, news.exceptions)
      let progress = state.progress
      state.draw { Self.line(progress) }
    }
  }

  /// Shows how many children's records are written.
  func update(children: Int, of all: Int) {
    guard isOn else { return }
    state.withLock { state in
      state.draw {
        Self.bar(Double(children) / Double(max(all, 1))) + " \(children) of \(all) children"
      }
    }
  }

  /// Clears the line.
  func finish() {
    guard isOn else { return }
    state.withLock { _ in Console.clear() }
  }

  static func line(_ progress: CheckProgress) -> String {
    func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
    return
      "\(bar(Double(progress.bytes) / Double(max(progress.totalBytes, 1)))) \(megabytes(progress.bytes)) of \(megabytes(progress.totalBytes)), \(progress.rows) rows, \(progress.exceptions) exceptions"
  }

  private static func bar(_ share: Double) -> String {
    let filled = Int(min(1, share) * 24)
    return "[" + String(repeating: "#", count: filled)
      + String(repeating: ".", count: 24 - filled) + "]"
  }
}
