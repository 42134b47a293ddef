public import WorkingTime

/// An exception in numbers: what its source knows it by, and what a run and the ledger say of it.
///
/// Values without a reference among them, so that a million are copied and let go of like bytes.
public struct ExceptionRecord: Sendable, BitwiseCopyable {
  /// What kind of exception it is, by the number that its source gave.
  public var kind: Int32 = 0
  /// The row, by the number that its source gave.
  public var row: Int32 = -1
  /// What else its source needs to know.
  public var detail: Int32 = -1
  /// The team, by the number that its source gave to those of this kind.
  public var team: Int32 = 0
  /// The rules that it explains, by the number that its source gave to such a list; 0 where it
  /// explains none.
  public var blocks: Int32 = 0
  private var occasionNumber = Self.none
  private var runs = Self.none
  private var firstDay = Self.none
  private var lastDay = Self.none
  /// Why it needs a person.
  public var status: CaseException.Status
  /// Whose list it is on.
  public var list: CaseException.List
  /// How it stands against the last run.
  public var change: ExceptionChange?

  private static let none = Int32.min

  /// A record of which nothing more is known.
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

  /// Until when it is waived.
  public var waivedUntil: CalendarDate? {
    get { lastDay == Self.none ? nil : CalendarDate(dayNumber: lastDay) }
    set { lastDay = newValue?.dayNumber ?? Self.none }
  }

  /// Whether the run and the ledger say the same of both, whatever their sources say.
  func saysTheSame(as other: ExceptionRecord) -> Bool {
    status == other.status && list == other.list && change == other.change
      && occasionNumber == other.occasionNumber && runs == other.runs && firstDay == other.firstDay
      && lastDay == other.lastDay
  }
}
