public import WorkingTime

/// How many rows a file of a table had.
public struct FileRows: Hashable, Sendable {
  /// Its path below the folder of the extracts.
  ///
  /// Paths that compose the same letters in different ways are different files.
  public var path: String
  /// How many records it has, each counted once.
  public var rows: Int

  /// A file with its rows.
  public init(path: String, rows: Int) {
    self.path = path
    self.rows = rows
  }
}

/// A table of a run.
public struct TableReport: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// Its title.
  public var title: String
  /// How many rows were checked.
  public var rows: Int
  /// How many of them repeat a file, or the key of a record, that was given before.
  public var repeatedRows = 0
  /// Whether some file was read as this table.
  public var isPresent: Bool
  /// Whether all its files could be trusted and, if it is required, it was there.
  public var isWhole: Bool
  /// The fields whose heading every file had.
  public var fields: [String] = []
  /// How many files had rows.
  public var files = 0
  /// The rows of each file that are in no file before it.
  public var rowsOfFiles: [FileRows] = []
  /// In how many rows each field that is counted holds something.
  ///
  /// The count stops as soon as it tells many from few.
  public var filled: [String: Int] = [:]
  /// Whether each of its files ended in a footer.
  public var hasFooters = false
  /// Whether the last of its files ended in a footer, which may count for those before it.
  public var lastHasFooter = false
  /// Whether the last line of each of its files ended.
  public var endsInLineBreaks = false
  /// The newest date of what happened, up to the as-of date; nil where the table has none, or no
  /// ledger asks.
  public var newest: CalendarDate?
  /// Whether it has fewer records and an earlier newest date than when it was last whole, which
  /// nobody has accepted: its newest records may be cut off.
  public var hasLostItsNewest = false

  /// Whether its records name children.
  public var namesPeople = false

  /// A table.
  public init(name: String, title: String, rows: Int, isPresent: Bool, isWhole: Bool) {
    self.name = name
    self.title = title
    self.rows = rows
    self.isPresent = isPresent
    self.isWhole = isWhole
  }
}
