internal import Exceptions
internal import WorkingTime

/// One line of a drift list that stands for a record.
struct DriftItem {
  /// The part of the list.
  ///
  /// In the order in which a manager reads: what can still be done first.
  enum Section: String, CaseIterable {
    /// Not done, and past its date.
    case overdue
    /// A check or a limit on the drift list that does not hold.
    case failed
    /// Due within the warning time.
    case dueSoon = "due-soon"
    /// Done too late since the run before; without a ledger, at any time.
    case late
    /// Open since an earlier run, and not judged by this one.
    case notJudged = "not-judged"
    /// Agreed to until a day.
    case waived
    /// Put right since the run before.
    case resolved
  }

  let section: Section
  let worker: String
  let key: ExceptionKey
  let personID: String
  /// Days late, or for a check days since it was first seen; nil where neither is known.
  let age: Int?
  let daysLeft: Int?
  let exception: CaseException?
  let entry: LedgerEntry?

  /// The line of an exception or of something due soon; nil where it is not for the manager.
  init?(_ exception: CaseException, asOf: CalendarDate, hasLedger: Bool) {
    switch (exception.list, exception.status) {
    case (.waived, _): section = .waived
    case (_, .dueSoon): section = .dueSoon
    case (_, .overdue): section = .overdue
    case (_, .late):
      if hasLedger, ![.new, .reopened, .done, .worse].contains(exception.change) { return nil }
      section = .late
    case (.drift, .failed): section = .failed
    default: return nil
    }
    worker = exception.worker
    key = ExceptionKey(
      rule: exception.rule, table: exception.table, record: exception.recordID,
      occasion: exception.occasion ?? 0)
    personID = exception.personID
    age =
      exception.daysLate
      ?? CalendarDate(iso: exception.firstSeen).map { CalendarDate.days(from: $0, to: asOf) }
    daysLeft =
      section == .dueSoon
      ? CalendarDate(iso: String(exception.dueOn.prefix(10))).map {
        CalendarDate.days(from: asOf, to: $0)
      } : nil
    self.exception = exception
    entry = nil
  }

  /// The line of an exception that the run does not list: it has come to an end, or was not judged.
  init?(_ entry: LedgerEntry, asOf: CalendarDate) {
    // What was on the correction list is business support's; its end shows in their list.
    guard entry.list != .correction else { return nil }
    section = entry.end == nil ? .notJudged : .resolved
    worker = entry.worker
    key = entry.key
    personID = entry.personID
    age = entry.dueOn.map { max(CalendarDate.days(from: $0, to: entry.doneOn ?? asOf), 0) }
    daysLeft = nil
    exception = nil
    self.entry = entry
  }

  /// The band of age; nil where it has none.
  var band: AgeBand? {
    switch section {
    case .overdue, .failed, .notJudged: age.map { AgeBand(days: $0) }
    default: nil
    }
  }

  /// Whether this comes before another of the same worker.
  func precedes(_ other: DriftItem) -> Bool {
    let order = Section.allCases
    let a = order.firstIndex(of: section) ?? 0
    let b = order.firstIndex(of: other.section) ?? 0
    if a != b { return a < b }
    if daysLeft != other.daysLeft { return (daysLeft ?? .max) < (other.daysLeft ?? .max) }
    if age != other.age { return (age ?? -1) > (other.age ?? -1) }
    return key < other.key
  }
}
