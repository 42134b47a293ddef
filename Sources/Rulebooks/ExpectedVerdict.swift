/// A verdict as the tests of rules name it.
public enum ExpectedVerdict: String, CaseIterable, Hashable, Sendable {
  case met
  case failed
  case overdue
  case late
  case dueSoon = "due-soon"
  case pending
  case cannotJudge = "cannot-judge"
  /// The rule asks nothing of the record.
  case notJudged = "not-judged"
}
