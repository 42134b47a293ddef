/// What makes an exception the same from run to run: its rule and its record.
///
/// Its message, value, status, worker, team, file and line may change. A record without a key of
/// its own is known by its contents, not by its line, so that rows may change their order.
public struct ExceptionKey: Sendable {
  /// The rule's name.
  public var rule: String
  /// The table of the record.
  public var table: String
  /// The record's key.
  ///
  /// Where the record has none it is named by its contents, and a missing column by its field.
  public var record: String
  /// The number of the visit or review, from 1; 0 where the rule does not repeat.
  public var occasion: Int
  /// Tells apart what is otherwise the same, such as the second and third row with one key.
  ///
  /// Records count up from 0, in no order: the ledger gives what goes on the number that it had. A
  /// limit's groups count down from −1: a group is called what its rows share, such as a manager's
  /// number, and a record of the table may be called the same.
  public var ordinal: Int

  /// A key.
  public init(rule: String, table: String, record: String, occasion: Int, ordinal: Int = 0) {
    self.rule = rule
    self.table = table
    self.record = record
    self.occasion = occasion
    self.ordinal = ordinal
  }
}

extension ExceptionKey {
  /// The record of a limit's group whose name is empty.
  static let emptyGroup = RecordForm.heading.name(of: "")

  /// The name of a limit's group; nil for a record.
  public var group: String? {
    guard ordinal < 0 else { return nil }
    return record == Self.emptyGroup ? "" : record
  }
}

extension ExceptionKey: Hashable {
  /// True for the same bytes: a composed and a decomposed letter make two different records.
  public static func == (a: ExceptionKey, b: ExceptionKey) -> Bool {
    a.occasion == b.occasion && a.ordinal == b.ordinal && areSameBytes(a.record, b.record)
      && areSameBytes(a.rule, b.rule) && areSameBytes(a.table, b.table)
  }

  /// Hashes the record's bytes and the rule's length, which tells keys apart well enough and fast.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(bytesOf: record)
    hasher.combine(rule.utf8.count)
    hasher.combine(occasion)
    hasher.combine(ordinal)
  }
}

extension ExceptionKey: Comparable {
  /// Orders by rule, table, record (bytes), occasion and ordinal.
  public static func < (a: ExceptionKey, b: ExceptionKey) -> Bool {
    var order = byteOrder(a.rule, b.rule)
    if order == 0 { order = byteOrder(a.table, b.table) }
    if order == 0 { order = byteOrder(a.record, b.record) }
    return order == 0 ? (a.occasion, a.ordinal) < (b.occasion, b.ordinal) : order < 0
  }
}

/// The keys of all exceptions of a run, in the same order.
///
/// What is otherwise the same is numbered in the order given; the ledger, which knows what was open
/// before, gives other numbers (`TwinKeys`).
public func exceptionKeys(of exceptions: [CaseException]) -> [ExceptionKey] {
  var counts: [ExceptionKey: Int] = [:]
  counts.reserveCapacity(exceptions.count)
  return exceptions.map { exception in
    let step = exception.isOfGroup ? -1 : 1
    var key = ExceptionKey(
      rule: exception.rule, table: exception.table, record: lastingRecord(exception),
      occasion: exception.occasion ?? 0, ordinal: exception.isOfGroup ? -1 : 0)
    let count = counts[key, default: 0]
    counts[key] = count + 1
    key.ordinal += count * step
    return key
  }
}

private func lastingRecord(_ exception: CaseException) -> String {
  if exception.recordID.isEmpty {
    // A group of a limit may have an empty name, whatever field is to blame.
    return exception.isOfGroup
      ? ExceptionKey.emptyGroup : RecordForm.heading.name(of: exception.field)
  }
  guard !exception.isOfGroup, let line = exception.sourceLine,
    exception.recordID == RecordForm.line.name(of: line)
  else {
    return exception.recordID
  }
  return RecordForm.contents.name(of: exception.contents)
}
