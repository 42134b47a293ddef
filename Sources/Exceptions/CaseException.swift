public import WorkingTime

/// A verdict that needs a person: one row of `exceptions.csv`.
///
/// There may be one for every record and rule of an extract. So it is kept as a few numbers, and
/// its source, which found it, puts its words together when they are asked for. An exception whose
/// words are changed keeps them itself.
public struct CaseException: Sendable {
  /// Why it needs a person.
  public enum Status: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
    /// A check does not hold.
    case failed
    /// Not done, and past its date.
    case overdue
    /// Done after its date.
    case late
    /// A value that the rule needs is missing or unusable.
    case cannotJudge = "cannot-judge"
    /// Not done, and due within the warning time: on drift lists only.
    case dueSoon = "due-soon"

    /// The statuses that make an exception; `due-soon` is none yet.
    public static let ofExceptions: [Status] = [.failed, .overdue, .late, .cannotJudge]
  }

  /// Who works from the list it is on.
  public enum List: String, CaseIterable, Hashable, Sendable, BitwiseCopyable {
    /// Business support.
    case correction
    /// The team manager.
    case drift
    /// Nobody for now: it is waived until a given day.
    case waived
  }

  /// How much it matters.
  public enum Severity: String, CaseIterable, Hashable, Sendable {
    /// It has to be put right.
    case error
    /// It has to be looked at.
    case warning
  }

  /// The source, which knows its words.
  public private(set) var source: any ExceptionSource
  /// The numbers by which the source knows it, and what the run and the ledger say of it.
  public private(set) var record: ExceptionRecord

  /// Makes an exception from the record by which its source knows it.
  public init(_ record: ExceptionRecord, of source: any ExceptionSource) {
    self.record = record
    self.source = source
  }

  /// Makes an exception of a rule on a record, which keeps its words itself.
  public init(
    rule: String, status: Status, severity: Severity, list: List, pack: String, team: TeamName,
    table: String, recordID: String
  ) {
    var words = ExceptionWords(severity: severity, team: team)
    words[.rule] = rule
    words[.pack] = pack
    words[.table] = table
    words[.recordID] = recordID
    source = OwnWords(words)
    record = ExceptionRecord(status: status, list: list)
  }

  /// Changes its words, which it keeps itself from then on.
  private mutating func reword(_ change: (inout ExceptionWords) -> Void) {
    var words = (source as? OwnWords)?.words ?? ExceptionWords(self)
    change(&words)
    source = OwnWords(words)
  }

  private subscript(cell: ExceptionCell) -> String {
    get { source.text(cell, of: record) }
    set { reword { $0[cell] = newValue } }
  }
}

extension CaseException {
  /// Why it needs a person.
  public var status: Status {
    get { record.status }
    set { record.status = newValue }
  }
  /// How much it matters.
  public var severity: Severity {
    get { source.severity(of: record) }
    set { reword { $0.severity = newValue } }
  }
  /// Whose list it is on.
  public var list: List {
    get { record.list }
    set { record.list = newValue }
  }
  /// The team that has to act.
  public var team: TeamName {
    get { source.team(of: record) }
    set { reword { $0.team = newValue } }
  }
  /// Whether it is about a limit's group, which may have the name of a record.
  public var isOfGroup: Bool {
    get { record.isOfGroup }
    set { record.isOfGroup = newValue }
  }
  /// The rule's name.
  public var rule: String {
    get { self[.rule] }
    set { self[.rule] = newValue }
  }
  /// The pack of the rule; empty outside packs.
  public var pack: String {
    get { self[.pack] }
    set { self[.pack] = newValue }
  }
  /// The worker who has to act; empty where none is named.
  public var worker: String {
    get { self[.worker] }
    set { self[.worker] = newValue }
  }
  /// Whose case file the record belongs to; empty where it is not known.
  public var personID: String {
    get { self[.personID] }
    set { self[.personID] = newValue }
  }
  /// The table of the record.
  public var table: String {
    get { self[.table] }
    set { self[.table] = newValue }
  }
  /// The record's key as in the file, several columns joined by `|`; `line:N` where it is missing.
  public var recordID: String {
    get { self[.recordID] }
    set { self[.recordID] = newValue }
  }
  /// The digest of a record without a key, by which it is recognised later; in no list.
  public var contents: String {
    get { self[.contents] }
    set { self[.contents] = newValue }
  }
  /// The field at fault; empty where there is none.
  public var field: String {
    get { self[.field] }
    set { self[.field] = newValue }
  }
  /// The field's text as in the file.
  public var value: String {
    get { self[.value] }
    set { self[.value] = newValue }
  }
  /// The start of the clock, ISO 8601.
  public var from: String {
    get { self[.from] }
    set { self[.from] = newValue }
  }
  /// When it was due, ISO 8601.
  public var dueOn: String {
    get { self[.dueOn] }
    set { self[.dueOn] = newValue }
  }
  /// When it was done, ISO 8601.
  public var doneOn: String {
    get { self[.doneOn] }
    set { self[.doneOn] = newValue }
  }
  /// What is wrong.
  public var message: String {
    get { self[.message] }
    set { self[.message] = newValue }
  }
  /// How to put it right.
  public var fix: String {
    get { self[.fix] }
    set { self[.fix] = newValue }
  }
  /// The file of the record, relative to the extracts, with `/`.
  public var sourceFile: String {
    get { self[.sourceFile] }
    set { self[.sourceFile] = newValue }
  }
  /// The number of the visit or review in a repeating rule, from 1.
  public var occasion: Int? {
    get { record.occasion }
    set { record.occasion = newValue }
  }
  /// Calendar days from the due date to when it was done, or to the as-of date.
  public var daysLate: Int? {
    get { source.daysLate(of: record) }
    set { reword { $0.daysLate = newValue } }
  }
  /// The physical line on which the record starts, from 1.
  public var sourceLine: Int? {
    get { source.sourceLine(of: record) }
    set { reword { $0.sourceLine = newValue } }
  }
  /// When a run first saw it; from the ledger, nil without one.
  public var firstSeen: CalendarDate? {
    get { record.firstSeen }
    set { record.firstSeen = newValue }
  }
  /// Since when it has been listed without a break; from the ledger, nil without one.
  public var openedOn: CalendarDate? {
    get { record.openedOn }
    set { record.openedOn = newValue }
  }
  /// In how many runs it has been open, this one included; from the ledger.
  public var runsOpen: Int? {
    get { record.runsOpen }
    set { record.runsOpen = newValue }
  }
  /// How it compares with the last run; from the ledger.
  public var change: ExceptionChange? {
    get { record.change }
    set { record.change = newValue }
  }
  /// How it compares with the lists that readers last had; nil where those are the last run's.
  public var changeSinceLists: ExceptionChange? {
    get { record.changeSinceLists }
    set { record.changeSinceLists = newValue }
  }
  /// Until when it is waived; nil where it is not.
  public var waivedUntil: CalendarDate? {
    get { record.waivedUntil }
    set { record.waivedUntil = newValue }
  }
  /// The rules that could not judge the record because of this field, sorted, each once.
  public var blocks: [String] {
    get { source.blocks(of: record) }
    set { reword { $0.blocks = newValue } }
  }
}

extension CaseException {
  /// The day on which it was due.
  public var dueDay: CalendarDate? { Self.day(in: dueOn) }

  /// The day on which it was done.
  public var doneDay: CalendarDate? { Self.day(in: doneOn) }

  private static func day(in iso: String) -> CalendarDate? {
    CalendarDate(iso: String(iso.prefix(10)))
  }

  /// How many days its duty has been overdue, or else how long it has been open.
  ///
  /// Nil where neither is known, and for what was done too late: it waits for nobody.
  public func age(on asOf: CalendarDate) -> Int? {
    status == .late ? nil : daysLate ?? openedOn.map { CalendarDate.days(from: $0, to: asOf) }
  }
}

extension CaseException: Hashable {
  /// Whether both say the same.
  public static func == (a: CaseException, b: CaseException) -> Bool {
    a.record.saysTheSame(as: b.record) && ExceptionWords(a) == ExceptionWords(b)
  }

  /// Hashes the rule and the record.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(rule)
    hasher.combine(recordID)
  }
}
