public import WorkingTime

/// An exception that was agreed to: by whom, why, and until when.
public struct Waiver: Hashable, Sendable {
  /// The rule's name.
  public var rule: String
  /// The table of the record; empty for any.
  public var table: String
  /// The record's key, as in the lists.
  public var record: String
  /// The number of the visit or review; nil for any.
  public var occasion: Int?
  /// Why it was agreed to.
  public var reason: String
  /// Who agreed.
  public var agreedBy: String
  /// When they agreed.
  public var agreedOn: CalendarDate
  /// The last day on which it holds.
  public var until: CalendarDate
  /// What was agreed to, as `WaiverNote` writes it; empty where that was not noted.
  public var digest: String
  /// The line of the file of waivers, from 1; 0 where it comes from elsewhere.
  public var line: Int

  /// A waiver.
  public init(
    rule: String, table: String, record: String, occasion: Int?, reason: String, agreedBy: String,
    agreedOn: CalendarDate, until: CalendarDate, digest: String = "", line: Int = 0
  ) {
    self.rule = rule
    self.table = table
    self.record = record
    self.occasion = occasion
    self.reason = reason
    self.agreedBy = agreedBy
    self.agreedOn = agreedOn
    self.until = until
    self.digest = digest
    self.line = line
  }

  /// Whether the waiver is about what a rule finds in a record, on an occasion if the rule repeats.
  public func covers(rule: String, table: String, record: String, occasion: Int?) -> Bool {
    areSameBytes(self.rule, rule) && areSameBytes(self.record, record)
      && (self.table.isEmpty || areSameBytes(self.table, table))
      && (self.occasion == nil || self.occasion == occasion)
  }

  /// Whether the waiver is about an exception, by its rule, table, record and occasion.
  public func covers(_ exception: CaseException) -> Bool {
    covers(
      rule: exception.rule, table: exception.table, record: exception.recordID,
      occasion: exception.occasion)
  }

  /// Whether it is of one occasion, and was agreed of just what a note shows, whatever number that
  /// has by now.
  public func isOfOccasion(
    _ note: WaiverNote, rule: String, table: String, record: String
  ) -> Bool {
    guard let occasion, covers(rule: rule, table: table, record: record, occasion: occasion),
      let agreed = WaiverNote(digest)
    else { return false }
    return agreed.contents == note.contents && !agreed.isOfAnother(than: note)
  }

  /// Whether it covers exactly what another does, compared by bytes, as records are told apart.
  public func isOfTheSame(as other: Waiver) -> Bool {
    areSameBytes(rule, other.rule) && areSameBytes(table, other.table)
      && areSameBytes(record, other.record) && occasion == other.occasion
  }
}

/// The outcome of the waivers of a run.
public struct WaiverOutcome: Sendable {
  /// All waivers, in the order of the file.
  public var all: [Waiver] = []
  /// Those that ended before the as-of date.
  public var ended: [Waiver] = []
  /// Those in force that match no exception of this run.
  public var unmatched: [Waiver] = []
  /// Those in force whose record has changed since they were agreed.
  public var changed: [Waiver] = []
  /// Those in force on a value that keeps rules from judging, with the rules that no waiver covers.
  public var blocking: [(waiver: Waiver, rules: [String])] = []
  /// Those agreed on a future date, which do not hold yet.
  public var notYet: [Waiver] = []
  /// How many exceptions are waived.
  public var waived = 0

  /// No waivers.
  public init() {}
}

extension CaseException {
  /// Whether a waiver of one occasion was agreed of just this, whatever number it has by now.
  ///
  /// A visit that is entered late, or that leaves an export of the last twelve months, gives those
  /// after it other numbers. What is due or was done on the same days, of the same child, is what was
  /// agreed to for all that.
  public func isWhatWasAgreed(in waiver: Waiver) -> Bool {
    guard occasion != nil, dueDay != nil || doneDay != nil else { return false }
    return waiver.isOfOccasion(waiverNote, rule: rule, table: table, record: recordID)
  }

  /// The digest of the record, by which a waiver is known to be about what was agreed.
  public var digest: String { hexDigits(digestNumber, short: false) }

  /// The digest as a number.
  public var digestNumber: UInt64 {
    Self.digestNumber(status) { cell, bytes in source.append(cell, of: record, to: &bytes) }
  }

  /// The digest of a record in which a field holds a value that its constraint does not allow.
  public static func digestNumber(ofField field: String, value: String) -> UInt64 {
    digestNumber(.failed) { cell, bytes in
      switch cell {
      case .field: bytes.append(contentsOf: field.utf8)
      case .value: bytes.append(contentsOf: value.utf8)
      default: break
      }
    }
  }

  private static func digestNumber(
    _ status: Status, _ append: (ExceptionCell, inout [UInt8]) -> Void
  ) -> UInt64 {
    var bytes: [UInt8] = []
    bytes.append(contentsOf: status.rawValue.utf8)
    bytes.append(0)
    for cell in [.field, .value, .from, .dueOn, .doneOn] as [ExceptionCell] {
      append(cell, &bytes)
      bytes.append(0)
    }
    return stableHash(bytes)
  }
}
