import Synchronization
import WorkingTime

/// Which date formats could read one text; most fields have the same two or three, asked about
/// once.
final class FormatOverlaps: Sendable {
  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  private struct Known {
    var answers: [Pair: Bool] = [:]
    var spellings: [String: DateFormatSpellings] = [:]
  }

  private let known = Mutex(Known())

  /// Whether some text could be read by both.
  func isBetween(_ first: DateFormat, _ second: DateFormat) -> Bool {
    let pair = Pair(first: first.pattern, second: second.pattern)
    if let answer = known.withLock({ $0.answers[pair] }) { return answer }
    // Two threads may both do this; they find the same.
    let answer = spellings(of: first).overlap(spellings(of: second))
    known.withLock { $0.answers[pair] = answer }
    return answer
  }

  private func spellings(of format: DateFormat) -> DateFormatSpellings {
    if let spellings = known.withLock({ $0.spellings[format.pattern] }) { return spellings }
    let spellings = DateFormatSpellings(format)
    known.withLock { $0.spellings[format.pattern] = spellings }
    return spellings
  }
}
