public import WorkingTime

/// An exception in numbers: how its source knows it, and what a run and the ledger say of it.
///
/// It holds no references, so that a million of them are copied and freed like bytes.
public struct ExceptionRecord: Sendable, BitwiseCopyable {
  /// The kind of exception, by the number that its source gave it.
  public var kind: Int32 = 0
  /// The row, by the number that its source gave it.
  public var row: Int32 = -1
  /// What else its source needs to know.
  public var detail: Int32 = -1
  /// The team, by the number that its source gave it among the teams of this kind.
  public var team: Int32 = 0
  /// The list of rules that it keeps from judging, by its source's number; 0 where there are none.
  public var blocks: Int32 = 0
  private var occasionNumber = Self.none
  private var runs = Self.none
  private var firstDay = Self.none
  private var openedDay = Self.none
  private var lastDay = Self.none
  /// Why it needs a person.
  public var status: CaseException.Status
  /// Whose list it is on.
  public var list: CaseException.List
  /// How it compares with the last run.
  public var change: ExceptionChange?
  /// How it compares with the lists that readers last had, where those are of an earlier run.
  public var changeSinceLists: ExceptionChange?
  /// Whether it is about a limit's group, which may have the name of a record.
  public var isOfGroup = false

  private static let none = Int32.min

  /// A record about which nothing else is known.
  public init(status: CaseException.Status, list: CaseException.List) {
    self.status = status
    self.list = list
  }

  /// The number of the visit or review, from 1.
  public var occasion: Int? {
    get { occasionNumber == Self.none ? nil : Int(occasionNumber) }
    set { occasionNumber = newValue.map { Int32(clamping: $0) } ?? Self.none }
  }

  /// In how many runs it has been open.
  public var runsOpen: Int? {
    get { runs == Self.none ? nil : Int(runs) }
    set { runs = newValue.map { Int32(clamping: $0) } ?? Self.none }
  }

  /// When a run first saw it.
  public var firstSeen: CalendarDate? {
    get { firstDay == Self.none ? nil : CalendarDate(dayNumber: firstDay) }
    set { firstDay = newValue?.dayNumber ?? Self.none }
  }

  /// Since when it has been on the lists without a break: later than `firstSeen` if it came back.
  public var openedOn: CalendarDate? {
    get { openedDay == Self.none ? nil : CalendarDate(dayNumber: openedDay) }
    set { openedDay = newValue?.dayNumber ?? Self.none }
  }

  /// Until when it is waived.
  public var waivedUntil: CalendarDate? {
    get { lastDay == Self.none ? nil : CalendarDate(dayNumber: lastDay) }
    set { lastDay = newValue?.dayNumber ?? Self.none }
  }

  /// Whether the run and the ledger say the same of both, whatever their sources say.
  func saysTheSame(as other: ExceptionRecord) -> Bool {
    status == other.status && list == other.list && change == other.change
      && changeSinceLists == other.changeSinceLists
      && occasionNumber == other.occasionNumber && runs == other.runs && firstDay == other.firstDay
      && openedDay == other.openedDay && lastDay == other.lastDay
  }
}
