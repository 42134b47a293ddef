import Exceptions
import WorkingTime

/// A line of a drift list that stands for one record.
struct DriftItem {
  /// The part of the list.
  ///
  /// In the order in which a manager reads it: what can still be done comes first.
  enum Section: String, CaseIterable, Comparable {
    /// Not done and past its date.
    case overdue
    /// A check or a limit on the drift list that is not met.
    case failed
    /// Due within the warning time.
    case dueSoon = "due-soon"
    /// Done too late, or never while it was owed, since the previous run; without a ledger, at any
    /// time.
    case late
    /// Open since an earlier run but not judged by this one.
    case notJudged = "not-judged"
    /// Waived until a given day.
    case waived
    /// Put right since the previous run.
    case resolved

    private var place: Int {
      switch self {
      case .overdue: 0
      case .failed: 1
      case .dueSoon: 2
      case .late: 3
      case .notJudged: 4
      case .waived: 5
      case .resolved: 6
      }
    }

    /// The part that an exception belongs to; nil if it does not concern the manager.
    init?(_ record: ExceptionRecord, hasLedger: Bool) {
      switch (record.list, record.status) {
      case (.waived, _): self = .waived
      // What is due soon is in no other list, whoever it will belong to.
      case (_, .dueSoon): self = .dueSoon
      // Whatever is on the correction list is for business support.
      case (.correction, _): return nil
      case (_, .overdue): self = .overdue
      case (_, .late):
        if hasLedger, (record.change ?? .same) == .same { return nil }
        self = .late
      case (.drift, .failed): self = .failed
      default: return nil
      }
    }

    static func < (a: Section, b: Section) -> Bool { a.place < b.place }
  }

  let section: Section
  /// Where its subject is in the report.
  let place: DriftLists.Place
  /// Days late, or for a check days since it was first seen; nil if neither is known.
  let age: Int?
  let daysLeft: Int?
  /// Whether it is known to have to be looked at, not put right: the ledger keeps no severity.
  let isWarning: Bool
  private let subject: Subject

  private enum Subject {
    case exception(CaseException)
    // Elsewhere, so that the far more numerous lines of exceptions do not take its room.
    indirect case entry(LedgerEntry)
  }

  var exception: CaseException? {
    if case .exception(let exception) = subject { exception } else { nil }
  }

  var entry: LedgerEntry? {
    if case .entry(let entry) = subject { entry } else { nil }
  }

  /// The line of an exception or of something due soon; nil if it does not concern the manager.
  init?(
    _ exception: CaseException, at place: DriftLists.Place, asOf: CalendarDate, hasLedger: Bool
  ) {
    guard let section = Section(exception.record, hasLedger: hasLedger) else { return nil }
    self.section = section
    self.place = place
    age = exception.daysLate ?? exception.age(on: asOf)
    daysLeft =
      section == .dueSoon
      ? exception.dueDay.map { CalendarDate.days(from: asOf, to: $0) } : nil
    isWarning = exception.severity == .warning
    subject = .exception(exception)
  }

  /// Whether an exception that the run does not list has a line.
  static func isListed(_ entry: LedgerEntry) -> Bool {
    // An ended exception of the correction list is for business support, and their list shows its
    // end. One that was not judged is in none of their lists, and would be named nowhere but here.
    guard entry.list != .correction || entry.end == nil else { return false }
    // What was waived was nobody's to put right.
    guard entry.list != .waived || entry.end == nil else { return false }
    // An exception that has become too old to look at, or that no rule asks about any more, has not
    // been put right.
    return entry.end?.isPutRight ?? true
  }

  /// The line of an exception that the run does not list because it has ended or was not judged.
  init?(_ entry: LedgerEntry, at place: DriftLists.Place, asOf: CalendarDate) {
    guard Self.isListed(entry) else { return nil }
    self.place = place
    section = entry.end == nil ? .notJudged : .resolved
    let waiting = entry.end == nil ? CalendarDate.days(from: entry.openedOn, to: asOf) : nil
    age =
      entry.dueOn.map { max(CalendarDate.days(from: $0, to: entry.doneOn ?? asOf), 0) } ?? waiting
    daysLeft = nil
    isWarning = false
    subject = .entry(entry)
  }

  var worker: String { exception?.worker ?? entry?.worker ?? "" }

  var personID: String { exception?.personID ?? entry?.personID ?? "" }

  var key: ExceptionKey {
    ExceptionKey(
      rule: exception?.rule ?? entry?.key.rule ?? "",
      table: exception?.table ?? entry?.key.table ?? "",
      record: exception?.recordID ?? entry?.key.record ?? "",
      occasion: exception?.occasion ?? entry?.key.occasion ?? 0)
  }

  /// The band of age; nil if there is none.
  var band: AgeBand? {
    switch section {
    case .overdue, .failed, .notJudged: age.map { AgeBand(days: $0) }
    default: nil
    }
  }

  /// Whether this comes before another item of the same worker.
  func precedes(_ other: DriftItem) -> Bool { precedesByAge(other) ?? (key < other.key) }

  /// The same without comparing keys; nil if only the keys decide.
  func precedesByAge(_ other: DriftItem) -> Bool? {
    if section != other.section { return section < other.section }
    if daysLeft != other.daysLeft { return (daysLeft ?? .max) < (other.daysLeft ?? .max) }
    // What has to be put right must not stand below what need only be looked at.
    if isWarning != other.isWarning { return other.isWarning }
    if age != other.age { return (age ?? -1) > (other.age ?? -1) }
    return nil
  }
}
