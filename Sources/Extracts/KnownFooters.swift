import Patterns

/// Last lines that database tools and reports commonly write.
struct KnownFooters {
  private let globs = [
    "*rows affected*", "*row affected*", "*row(s) affected*", "*rows selected*",
    "Completion time*", "Total*", "Grand total*", "End of *", "*END OF REPORT*", "Record count*",
    "Number of *",
  ].map { (glob: $0, compiled: Glob($0)) }

  /// Words of which each glob has one: hardly any line of an extract needs to be looked at again.
  private let words = try? Pattern("(?i)row|completion time|total|end of|record count|number of")

  /// The globs that match a line, whose text is in UTF-8.
  func matching(_ line: Span<UInt8>) -> [String] {
    if let words, !words.matchesAnywhere(in: line) { return [] }
    let text = line.decoded
    return globs.filter { $0.compiled.matches(text) }.map(\.glob)
  }
}
