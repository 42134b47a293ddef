/// A verdict that needs a person: one row of `exceptions.csv`.
///
/// Its contents are kept apart and copied only when they change: there may be a row for every record, and lists sort
/// and share them.
@dynamicMemberLookup
public struct CaseException: Hashable, Sendable {
  /// Why it needs one.
  public enum Status: String, CaseIterable, Hashable, Sendable {
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

    /// Those that make an exception; `due-soon` is none yet.
    public static let ofExceptions: [Status] = [.failed, .overdue, .late, .cannotJudge]
  }

  /// Who works from the list it is on.
  public enum List: String, CaseIterable, Hashable, Sendable {
    /// Business support.
    case correction
    /// The team manager.
    case drift
    /// Nobody for now: somebody has agreed to it until a day.
    case waived
  }

  /// How much it matters.
  public enum Severity: String, CaseIterable, Hashable, Sendable {
    /// It has to be put right.
    case error
    /// It has to be looked at.
    case warning
  }

  /// An exception of a rule on a record.
  public init(
    rule: String, status: Status, severity: Severity, list: List, pack: String, team: TeamName,
    table: String, recordID: String
  ) {
    storage = Storage(
      Contents(
        rule: rule, status: status, severity: severity, list: list, pack: pack, team: team,
        table: table, recordID: recordID))
  }

  /// One of the contents.
  @inlinable
  public subscript<Value>(dynamicMember path: WritableKeyPath<Contents, Value>) -> Value {
    get { storage.contents[keyPath: path] }
    set {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.contents) }
      storage.contents[keyPath: path] = newValue
    }
  }

  /// Whether both have the same contents.
  public static func == (a: CaseException, b: CaseException) -> Bool {
    a.storage === b.storage || a.storage.contents == b.storage.contents
  }

  /// Hashes the contents.
  public func hash(into hasher: inout Hasher) { hasher.combine(storage.contents) }

  @usableFromInline var storage: Storage

  /// Where the contents stand.
  ///
  /// `@unchecked`, because they are written only where there is one reference.
  @usableFromInline
  final class Storage: @unchecked Sendable {
    @usableFromInline var contents: Contents

    @usableFromInline
    init(_ contents: Contents) { self.contents = contents }
  }

  /// What stands in an exception.
  public struct Contents: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// Why it needs a person.
    public var status: Status
    /// How much it matters.
    public var severity: Severity
    /// Whose list it is on.
    public var list: List
    /// The pack of the rule; empty outside packs.
    public var pack: String
    /// The team that has to act.
    public var team: TeamName
    /// The worker who has to act; empty where none is named.
    public var worker = ""
    /// Whose case file the record belongs to; empty where it is not known.
    public var personID = ""
    /// The table of the record.
    public var table: String
    /// The record's key as in the file, several columns joined by `|`; `line:N` where it is missing.
    public var recordID: String
    /// What stands in a record that has no key, as a digest, by which it is known again; in no list.
    public var contents = ""
    /// The field at fault; empty where it is none.
    public var field = ""
    /// The field's text as in the file.
    public var value = ""
    /// The number of the visit or review in a repeating rule, from 1.
    public var occasion: Int?
    /// The start of the clock, ISO 8601.
    public var from = ""
    /// When it was due, ISO 8601.
    public var dueOn = ""
    /// When it was done, ISO 8601.
    public var doneOn = ""
    /// Calendar days from the due date to when it was done, or to the as-of date.
    public var daysLate: Int?
    /// What is wrong.
    public var message = ""
    /// How to put it right.
    public var fix = ""
    /// The file of the record, relative to the extracts, with `/`.
    public var sourceFile = ""
    /// The physical line on which the record starts, from 1.
    public var sourceLine: Int?
    /// When a run first saw it, ISO 8601; from the ledger.
    public var firstSeen = ""
    /// In how many runs it has been open, this one included; from the ledger.
    public var runsOpen: Int?
    /// How it stands against the last run; from the ledger.
    public var change: ExceptionChange?
    /// Until when it is waived, ISO 8601; empty where it is not.
    public var waivedUntil = ""
    /// The rules that could not judge the record because of this field, sorted, each once.
    public var blocks: [String] = []
  }
}

/// The team that has to act, with the absence of one told apart from any real name.
public enum TeamName: Sendable {
  /// No team is recorded.
  case none
  /// The team's name as in the extracts.
  case named(String)

  /// The name in lists.
  ///
  /// A real team that is called like one of our own words is put in quotes.
  public var shown: String {
    switch self {
    case .none: "(no team)"
    case .named("(no team)"): "\"(no team)\""
    case .named("(all)"): "\"(all)\""
    case .named(let name): name
    }
  }
}

extension TeamName: Hashable {
  /// True for the same bytes: two ways of composing `é` are two teams until somebody corrects one.
  public static func == (a: TeamName, b: TeamName) -> Bool {
    switch (a, b) {
    case (.none, .none): true
    case (.named(let x), .named(let y)): x.utf8.elementsEqual(y.utf8)
    default: false
    }
  }

  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    guard case .named(let name) = self else { return }
    for byte in name.utf8 { hasher.combine(byte) }
  }
}
