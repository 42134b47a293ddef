public import WorkingTime

/// How many rows a file of a table had.
public struct FileRows: Hashable, Sendable {
  /// Its path below the folder of the extracts: two whose letters are composed in different ways
  /// are two files.
  public var path: String
  /// The records that count, each once.
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
  /// How many of them stand in files whose very bytes, or whose records' keys, were given before.
  public var repeatedRows = 0
  /// Whether some file was read as it.
  public var isPresent: Bool
  /// Whether all its files could be trusted, and a required one was there.
  public var isWhole: Bool
  /// The fields whose heading every file had.
  public var fields: [String] = []
  /// How many files had rows.
  public var files = 0
  /// The rows of each file that stand in no other before it.
  public var rowsOfFiles: [FileRows] = []
  /// In how many rows each field that is looked at holds something; counted only so far that many
  /// are told from few.
  public var filled: [String: Int] = [:]
  /// Whether each of its files ended in a footer.
  public var hasFooters = false
  /// Whether the last line of each of its files ended.
  public var endsInLineBreaks = false
  /// The newest date of what happened, up to the as-of date; nil where the table has none, or no
  /// ledger asks.
  public var newest: CalendarDate?

  /// A table.
  public init(name: String, title: String, rows: Int, isPresent: Bool, isWhole: Bool) {
    self.name = name
    self.title = title
    self.rows = rows
    self.isPresent = isPresent
    self.isWhole = isWhole
  }
}
