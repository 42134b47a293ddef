public import WorkingTime

/// An exception as the ledger keeps it.
public struct LedgerEntry: Hashable, Sendable {
  /// How it ended.
  public enum End: String, CaseIterable, Hashable, Sendable {
    /// It was judged, and is in order.
    case corrected
    /// The rule no longer asks anything of the record.
    case leftOut = "no longer asked"
    /// The record is in no extract any more.
    case gone = "record gone"
    /// Never put right, and no longer looked at.
    ///
    /// - It is over: it was decided before the day that the rule looks back to, the rule is not in
    ///   force on the as-of date or asks about another table, or time alone ended what it asks.
    /// - It goes on as something else: under the number of another visit, or under another key.
    /// - It has gone in a way that shows nothing: all records of its table, team or group at once,
    ///   a column or codes whose loss was accepted, or the last period's extract that listed it.
    /// - Only runs that could not trust their inputs have listed it.
    case lapsed
    /// Its rule is no longer in force, and somebody has accepted that what it found ends.
    case withdrawn = "rule withdrawn"

    /// Whether it counts as put right.
    public var isPutRight: Bool {
      switch self {
      case .corrected, .leftOut, .gone: true
      case .lapsed, .withdrawn: false
      }
    }
  }

  /// Why a run did not list it while it stayed open.
  public enum Doubt: String, CaseIterable, Hashable, Sendable {
    /// Its rule was not evaluated, or an input that the rule reads was not whole.
    case notEvaluated = "not evaluated"
    /// It is not known whether it still holds.
    ///
    /// A value that the rule needs is missing or unusable, its record stands under another key, or
    /// the rule asks nothing of its record since a run in which it asked nothing of any.
    case notJudged = "not judged"
    /// Its record, or another that counts in the verdict, may be among those that could not be
    /// read.
    case perhapsRejected = "perhaps among the rejected records"
    /// It was overdue, and its record is missing while records of another table still refer to it.
    case referredTo = "record gone, and still referred to"
  }

  /// What makes it the same from run to run.
  public var key: ExceptionKey
  /// Whose case file it belongs to; empty where that is not known.
  public var personID: String
  /// The last team that had to act.
  public var team: TeamName
  /// The last worker who had to act.
  public var worker: String
  /// Its last status.
  public var status: CaseException.Status
  /// The last list it was on.
  public var list: CaseException.List
  /// When it was due, where that is known.
  public var dueOn: CalendarDate?
  /// When it was done, where that is known.
  public var doneOn: CalendarDate?
  /// When a run first saw it.
  public var firstSeen: CalendarDate
  /// Since when it has been open, or had been when it ended.
  public var openedOn: CalendarDate
  /// How often it was opened again after it had ended.
  public var reopened: Int
  /// How it ended; nil while it is open.
  public var end: End?
  /// Why it was not judged; nil where it was.
  public var doubt: Doubt?

  /// An entry.
  public init(
    key: ExceptionKey, personID: String, team: TeamName, worker: String,
    status: CaseException.Status, list: CaseException.List, dueOn: CalendarDate?,
    doneOn: CalendarDate?, firstSeen: CalendarDate, openedOn: CalendarDate, reopened: Int,
    end: End? = nil, doubt: Doubt? = nil
  ) {
    self.key = key
    self.personID = personID
    self.team = team
    self.worker = worker
    self.status = status
    self.list = list
    self.dueOn = dueOn
    self.doneOn = doneOn
    self.firstSeen = firstSeen
    self.openedOn = openedOn
    self.reopened = reopened
    self.end = end
    self.doubt = doubt
  }
}
