/// Why a pattern of a date format cannot be used.
public enum DateFormatFault: Error, Hashable, Sendable {
  /// The pattern has no directive, so that it reads neither a date nor a time.
  case readsNothing
  /// A directive that is not one of the subset, with its `%`.
  case unknownDirective(String)
  /// The pattern ends in a single `%`.
  case endsInPercent
  /// A `[` without a `]`, a `]` without a `[`, or one group in another.
  case unbalancedGroup
  /// More optional groups than `DateFormat.mostGroups`.
  case tooManyGroups
  /// A part of the date or time that two directives read; named as `month`, `hour` and so on.
  case repeated(part: String)
  /// A date that is not a whole one, or that only some of the texts have.
  case incompleteDate
  /// Minutes without an hour, seconds without minutes, or one of `%I` and `%p` without the other.
  case incompleteTime
}

extension DateFormatFault: CustomStringConvertible {
  /// The fault and what to do, without the pattern.
  public var description: String {
    switch self {
    case .readsNothing:
      "the format has no directive. Write one such as %d/%m/%Y."
    case .unknownDirective(let directive):
      "\(directive) is not a directive. "
        + "Use %d %m %Y %y %b %B %j %H %I %p %M %S, and %% for a percent sign."
    case .endsInPercent:
      "the format ends in a single %. Write %% for a percent sign."
    case .unbalancedGroup:
      "the square brackets do not pair up. "
        + "Write an optional part as in %H:%M[:%S], not one in another, and a bracket as %[ or %]."
    case .tooManyGroups:
      "the format has more than \(DateFormat.mostGroups) optional parts. "
        + "List several formats in its place."
    case .repeated(let part):
      "the format reads the \(part) twice. Leave one of them out."
    case .incompleteDate:
      "the format does not always read a whole date. "
        + "Give day, month and year, or %j and year, outside of square brackets."
    case .incompleteTime:
      "the format does not always read a whole time. "
        + "%M wants an hour, %S wants %M, and %I and %p want each other."
    }
  }
}
