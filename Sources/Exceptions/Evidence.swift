public import WorkingTime

/// What a run shows of an exception that it no longer lists.
public enum Evidence: Hashable, Sendable {
  /// Its rule judged the record and found it in order, or not due yet.
  case inOrder
  /// The same, and what it waited for is there now, of the only record with this key: it was due on
  /// the same day before, and is done.
  ///
  /// Records that cannot be read, or name nobody, could only have hidden that.
  case done
  /// Its rule could not judge the record, or lists nothing of what it finds, so nothing is shown.
  case unsettled
  /// The record is there, but the rule no longer asks anything of it.
  case leftOut
  /// Other records have its key, and all of them break the rule, which says nothing about this one.
  case ofDouble
  /// Its key is now that of another child's record, while its own child is still there.
  case ofAnother
  /// Nothing has been done about it, but time alone has ended it.
  ///
  /// Either it would still be listed with the ages and time windows of the run that last listed it,
  /// or a cell that was not allowed has not changed but is allowed by now.
  case outgrown
  /// It was done too late, or never, and that lies before the time that the rule looks back to.
  case tooOld
  /// The record is in no extract any more.
  case gone
  /// The record is in no extract any more, but the same child's records, or anybody's where no
  /// child is named, have these keys, each of which another record has as well.
  ///
  /// If one of them has it only since, that may be the record, with its key mistyped. With them come
  /// such keys of records that name no child at all, the same for all records of a table.
  case goneOrMistyped(as: [String], ofNobody: [String])
  /// The record is in no extract, but one is whose key says the same in another way.
  ///
  /// A program may have removed or restored leading zeros, or written a date in another format.
  case renumbered(as: String)
  /// Its rule was in force before the as-of date, or will be after it, and asks nothing now; or it
  /// asks about another table.
  case notInForce

  /// Whether the record is in no extract any more under its own key.
  public var isGone: Bool {
    switch self {
    case .gone, .goneOrMistyped: true
    case .inOrder, .done, .unsettled, .leftOut, .ofDouble, .ofAnother, .outgrown, .tooOld,
      .renumbered, .notInForce:
      false
    }
  }
}

/// An open exception that a run does not list.
public struct UnlistedException: Hashable, Sendable {
  /// Which it is; numbered behind those of its rule, record and occasion that the run lists.
  public var key: ExceptionKey
  /// Whose case file its record belongs to; empty where it is not known.
  public var person: String
  /// The as-of date of the last run that listed it.
  public var lastListed: CalendarDate
  /// The digest of the record at that time, as `CaseException.digestNumber`.
  public var digest: UInt64
  /// When it was due then; nil where nothing was.
  public var due: CalendarDate?

  /// An exception with the day on which it was last listed.
  public init(
    key: ExceptionKey, person: String, lastListed: CalendarDate, digest: UInt64,
    due: CalendarDate? = nil
  ) {
    self.due = due
    self.key = key
    self.person = person
    self.lastListed = lastListed
    self.digest = digest
  }
}

/// What a run shows of an exception that it does not list, and whose its record is.
public struct Showing: Hashable, Sendable {
  /// What it shows.
  public var evidence: Evidence
  /// The number that the exception's child has now; nil where it has the same, or none is known.
  public var person: String?
  /// The numbers of other children in the exception's record as it is now.
  ///
  /// A record that named nobody by mistake names its child once that is mended.
  public var otherPersons: Set<String>
  /// Whether the record is gone, and no child has the number of its child any more.
  public var isChildGone: Bool
  /// Whether the record is gone, and a record of another table still refers to its key.
  public var isReferredTo: Bool

  /// What is shown, of a child with a new number where one is given.
  public init(
    _ evidence: Evidence, person: String? = nil, otherPersons: Set<String> = [],
    isChildGone: Bool = false, isReferredTo: Bool = false
  ) {
    self.isReferredTo = isReferredTo
    self.isChildGone = isChildGone
    self.evidence = evidence
    self.person = person
    self.otherPersons = otherPersons
  }
}

/// Finds what a run shows of exceptions that it does not list, one answer for each.
public typealias EvidenceSearch = @Sendable (_ exceptions: [UnlistedException]) -> [Showing]
