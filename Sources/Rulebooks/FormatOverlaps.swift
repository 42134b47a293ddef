import Synchronization
import WorkingTime

/// Knows which pairs of date formats could both read one text.
///
/// Most fields have the same two or three formats, so each pair is worked out only once.
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

  /// Whether there is a text that both formats could read.
  func isBetween(_ first: DateFormat, _ second: DateFormat) -> Bool {
    let pair = Pair(first: first.pattern, second: second.pattern)
    if let answer = known.withLock({ $0.answers[pair] }) { return answer }
    // Two threads may both work this out; they get the same answer.
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
