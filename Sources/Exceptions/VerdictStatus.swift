/// The verdict of a rule on a record, or on one occasion of it.
public enum VerdictStatus: String, CaseIterable, Hashable, Sendable {
  /// Done in time, or a check that holds.
  case met
  /// A check that does not hold.
  case failed
  /// Done after its date.
  case late
  /// Not done, and past its date.
  case overdue
  /// Not done, and due within the warning time.
  case dueSoon = "due-soon"
  /// Not done, and not due yet.
  case pending
  /// A value that the rule needs is missing or unusable.
  case cannotJudge = "cannot-judge"
}

extension CaseException.Status {
  /// The verdict that made the exception.
  public var verdict: VerdictStatus {
    switch self {
    case .failed: .failed
    case .overdue: .overdue
    case .late: .late
    case .cannotJudge: .cannotJudge
    case .dueSoon: .dueSoon
    }
  }
}
