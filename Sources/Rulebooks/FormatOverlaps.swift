import Synchronization
import WorkingTime

/// Which date formats could read one text; most fields have the same two or three, asked about once.
final class FormatOverlaps: Sendable {
  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  private let known = Mutex<[Pair: Bool]>([:])

  /// Whether some text could be read by both.
  func isBetween(_ first: DateFormat, _ second: DateFormat) -> Bool {
    let pair = Pair(first: first.pattern, second: second.pattern)
    if let answer = known.withLock({ $0[pair] }) { return answer }
    // Two threads may both look; what they find is the same.
    let answer = first.overlaps(second)
    known.withLock { $0[pair] = answer }
    return answer
  }
}
