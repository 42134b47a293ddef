public import WorkingTime

/// Everything that the extracts hold about one child, and what each rule says of it and why.
public struct CaseFile: Sendable {
  /// A dated event in the child's records.
  public struct Event: Hashable, Sendable {
    /// The day.
    public var day: CalendarDate
    /// The day, or the day and time, ISO 8601.
    public var moment: String
    /// The table's name.
    public var table: String
    /// The table's title.
    public var title: String
    /// The record's key.
    public var record: String
    /// What the date is, by the name of its field.
    public var field: String
    /// The codes, numbers and answers in the record.
    public var details: String
    /// The file of the record, and the physical line on which it starts, from 1.
    public var place: String

    /// An event.
    public init(
      day: CalendarDate, moment: String, table: String, title: String, record: String,
      field: String, details: String, place: String
    ) {
      self.day = day
      self.moment = moment
      self.table = table
      self.title = title
      self.record = record
      self.field = field
      self.details = details
      self.place = place
    }
  }

  /// What a rule says of a record, or of one occasion of it.
  public struct Finding: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// What it asks, as a title.
    public var title: String
    /// The table of the record.
    public var table: String
    /// The record's key.
    public var record: String
    /// The number of the occasion, from 1; 0 where the rule does not repeat.
    public var occasion: Int
    /// The verdict.
    public var status: VerdictStatus
    /// Why, sentence by sentence.
    public var reasons: [String]
    /// The waiver that takes it off the lists; nil where it is on them, or needs nobody.
    public var waiver: Waiver?

    /// A finding.
    public init(
      rule: String, title: String, table: String, record: String, occasion: Int,
      status: VerdictStatus, reasons: [String]
    ) {
      self.rule = rule
      self.title = title
      self.table = table
      self.record = record
      self.occasion = occasion
      self.status = status
      self.reasons = reasons
    }
  }

  /// A record of the child's of which a rule asks nothing, although it is about such records, or a
  /// table in which the child has none.
  public struct Unasked: Hashable, Sendable {
    /// The rule's name.
    public var rule: String
    /// What it asks, as a title.
    public var title: String
    /// The table of the record.
    public var table: String
    /// The record's key; empty where the table has no record of the child's.
    public var record: String
    /// Why, sentence by sentence.
    public var reasons: [String]

    /// A record that a rule passes over.
    public init(rule: String, title: String, table: String, record: String, reasons: [String]) {
      self.rule = rule
      self.title = title
      self.table = table
      self.record = record
      self.reasons = reasons
    }
  }

  /// A record under a number that may be the child's, written otherwise.
  public struct OtherSpelling: Hashable, Sendable {
    /// The number, as in the record.
    public var number: String
    /// The record's table, key and place.
    public var record: String
    /// The file of the record, and the physical line on which it starts, from 1.
    public var place: String

    /// A record under another number.
    public init(number: String, record: String, place: String) {
      self.number = number
      self.record = record
      self.place = place
    }
  }

  /// The child's number, as in the extracts.
  public var person: String
  /// The chronology, by time.
  public var events: [Event]
  /// Records that are missing from the chronology.
  ///
  /// Their tables have dates, but they have none that can be used.
  public var undated: [String] = []
  /// The verdicts, by rule, record and occasion.
  public var findings: [Finding]
  /// The records that rules pass over: those of rules with findings, and of one that is asked for.
  ///
  /// Limits, which judge groups, name theirs only if they are asked for.
  public var unasked: [Unasked] = []
  /// The names of all constraints, with or without a finding.
  public var constraints: Set<String> = []
  /// The rules that ask nothing of this child's records.
  public var silent: [String]
  /// The rules that were not evaluated, each with the reason.
  public var notEvaluated: [(rule: String, why: String)]

  /// A case file with its chronology, but no verdicts yet.
  public init(person: String, events: [Event]) {
    self.person = person
    self.events = events
    findings = []
    silent = []
    notEvaluated = []
  }
}
