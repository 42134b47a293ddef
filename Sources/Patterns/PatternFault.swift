/// Why a text cannot be used as a regular expression.
public enum PatternFault: Error, Hashable, Sendable {
  /// It is no pattern in RE2's syntax; with RE2's own words, such as `missing ): (abc`.
  case notAPattern(String)
}

extension PatternFault: CustomStringConvertible {
  /// What is wrong with the pattern, in RE2's words.
  public var description: String {
    switch self {
    case .notAPattern(let words): "not a regular expression: \(words)"
    }
  }
}
