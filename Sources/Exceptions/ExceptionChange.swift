/// How an exception compares with the run before.
public enum ExceptionChange: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
  /// No run has listed it before.
  case new
  /// It had ended, and is back.
  case reopened
  /// Of a worse status than before, as overdue now and not before; or overdue, not for correction,
  /// and in a higher age band.
  case worse
  /// It was overdue, and has since been done, too late.
  case done
  /// It was overdue, and its duty ended before it was done.
  case neverDone = "never done"
  /// It was waived, and now has to be put right again.
  case unwaived = "no longer waived"
  /// It was on another team's list.
  case moved = "from another team"
  /// It was there before, and is no worse.
  case same
}
