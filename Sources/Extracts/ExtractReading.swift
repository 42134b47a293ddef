public import WorkingTime

/// A file to be read, found under the folder of extracts.
public struct ExtractFile: Hashable, Sendable {
  /// Where it is, to open it.
  public var path: String
  /// The path relative to the folder of extracts, with `/`, for the lists.
  public var relativePath: String

  /// Names a file.
  public init(path: String, relativePath: String) {
    self.path = path
    self.relativePath = relativePath
  }
}

/// What a run wants of one table.
public struct ReadingRequest: Sendable {
  /// What the table looks like.
  public var definition: TableDefinition
  /// The numbers of the fields whose values are kept; the others are checked and dropped.
  public var keptFields: Set<Int>
  /// The date the verdicts are given for, for bounds that are `asOf`.
  public var asOf: CalendarDate
  /// Whether each file's records are summed, so that they are known again in another order.
  public var isSummed = false

  /// A request.
  public init(definition: TableDefinition, keptFields: Set<Int>, asOf: CalendarDate) {
    self.definition = definition
    self.keptFields = keptFields
    self.asOf = asOf
  }
}

/// Called from time to time with the bytes and records read since the table was begun.
public typealias ReadingProgress = @Sendable (_ bytes: Int, _ rows: Int) -> Void
