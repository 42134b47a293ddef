/// How an exception stands against the run before.
public enum ExceptionChange: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// No run has listed it before.
  case new
  /// It had been put right, and is there again.
  case reopened
  /// On a drift list and in a higher band of age than it was, or not overdue before.
  case worse
  /// It was overdue, and has been done since, too late.
  case done
  /// It was agreed to, and is to be put right again.
  case unwaived = "no longer waived"
  /// It was on another team's list.
  case moved = "from another team"
  /// It was there, and no worse.
  case same
}
