import WorkingTime

/// Which date formats could read one text; most fields have the same two or three, asked about once.
final class FormatOverlaps {
  private struct Pair: Hashable {
    var first: String
    var second: String
  }

  private var known: [Pair: Bool] = [:]

  /// Whether some text could be read by both.
  func isBetween(_ first: DateFormat, _ second: DateFormat) -> Bool {
    let pair = Pair(first: first.pattern, second: second.pattern)
    if let answer = known[pair] { return answer }
    let answer = first.overlaps(second)
    known[pair] = answer
    return answer
  }
}
