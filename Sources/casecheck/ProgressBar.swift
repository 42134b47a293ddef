import CheckRuns
import Foundation
import Synchronization

/// A line on the terminal that says how far a run is; silent where there is no terminal.
final class ProgressBar: Sendable {
  private struct State {
    var progress = CheckProgress()
    var shownAt = ContinuousClock.now - .seconds(1)
    var isShown = false
  }

  private let state = Mutex(State())
  private let isOn: Bool

  init(_ choice: OutputOptions.ProgressChoice) {
    switch choice {
    case .always: isOn = true
    case .never: isOn = false
    case .auto: isOn = isatty(STDERR_FILENO) == 1
    }
  }

  /// Takes news of the run; the line is drawn at most ten times a second.
  func update(_ news: CheckProgress) {
    guard isOn else { return }
    state.withLock { state in
      if news.totalBytes > 0 {
        state.progress.bytes = news.bytes
        state.progress.totalBytes = news.totalBytes
        state.progress.rows = news.rows
      }
      state.progress.exceptions = max(state.progress.exceptions, news.exceptions)
      let now = ContinuousClock.now
      guard now - state.shownAt > .milliseconds(100) else { return }
      state.shownAt = now
      state.isShown = true
      Console.draw(("\r\u{1B}[K" + Self.line(state.progress)))
    }
  }

  /// Takes the line away.
  func finish() {
    state.withLock { state in
      guard state.isShown else { return }
      state.isShown = false
      Console.draw("\r\u{1B}[K")
    }
  }

  static func line(_ progress: CheckProgress) -> String {
    let total = max(progress.totalBytes, 1)
    let share = min(1, Double(progress.bytes) / Double(total))
    let filled = Int(share * 24)
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: 24 - filled)
    func megabytes(_ bytes: Int) -> String { "\((bytes + 500_000) / 1_000_000) MB" }
    return
      "[\(bar)] \(megabytes(progress.bytes)) of \(megabytes(progress.totalBytes)), \(progress.rows) rows, \(progress.exceptions) exceptions"
  }
}
