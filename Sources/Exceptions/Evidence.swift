public import WorkingTime

/// What a run shows of an exception that it no longer lists.
public enum Evidence: Hashable, Sendable {
  /// Its rule judged the record and found it in order, or not due yet.
  case inOrder
  /// Its rule could not judge the record, or lists nothing of what it finds: nothing is shown.
  case unsettled
  /// The record is there, and the rule no longer asks anything of it.
  case leftOut
  /// Nothing has been done about it, and it is asked about no more: with ages and windows of time
  /// as in the run that listed it last it would be listed still, or the cell that was not allowed
  /// holds what it held, and is allowed by now.
  case outgrown
  /// The record is in no extract any more.
  case gone
  /// The record is in no extract, and one is whose key says the same in another way: a program may
  /// have taken the zeros before a number away, or put them back, or a day is written in another
  /// format.
  case renumbered(as: String)
  /// Its rule was in force before the as-of date, or will be, and asks nothing now.
  case notInForce
}

/// An open exception that a run does not list.
public struct UnlistedException: Hashable, Sendable {
  /// Which it is.
  public var key: ExceptionKey
  /// The as-of date of the last run that listed it.
  public var lastListed: CalendarDate
  /// What stood in the record then, as `CaseException.digestNumber`.
  public var digest: UInt64

  /// One that was listed last on a day.
  public init(key: ExceptionKey, lastListed: CalendarDate, digest: UInt64) {
    self.key = key
    self.lastListed = lastListed
    self.digest = digest
  }
}

/// Looks in a run for what it shows of exceptions that it does not list, one answer each.
public typealias EvidenceSearch = @Sendable (_ exceptions: [UnlistedException]) -> [Evidence]
