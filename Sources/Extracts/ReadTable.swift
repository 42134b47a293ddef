import Threads
public import Values

/// Reads all files of one table, in order.
///
/// It never throws: whatever is wrong with the files is in the table's `files`, `rejects` and
/// `findings`. The caller has to notice a table whose files are missing.
public func readTable(
  _ request: ReadingRequest, files: [ExtractFile], pool: inout StringPool,
  progress: ReadingProgress?
) -> Table {
  readTable(request, files: files, pool: &pool, progress: progress, settings: ReadSettings())
}

/// Does the same with other sizes.
func readTable(
  _ request: ReadingRequest, files: [ExtractFile], pool: inout StringPool,
  progress: ReadingProgress?, settings: ReadSettings
) -> Table {
  readTables(
    [TableFiles(request: request, files: files)], pool: &pool, threads: 1, progress: progress,
    settings: settings)[0]
}

/// A table to be read, with its files in order.
public struct TableFiles: Sendable {
  /// What the run wants of it.
  public var request: ReadingRequest
  /// Its files; if there are none, the result is a table without rows.
  public var files: [ExtractFile]

  /// A table and its files.
  public init(request: ReadingRequest, files: [ExtractFile]) {
    self.request = request
    self.files = files
  }
}

/// Reads many tables on this many threads; the result is the same for any number.
///
/// It never throws, like `readTable`.
public func readTables(
  _ tables: [TableFiles], pool: inout StringPool, threads: Int, spill: ColumnSpill? = nil,
  progress: ReadingProgress?
) -> [Table] {
  var settings = ReadSettings()
  settings.spill = spill
  return readTables(
    tables, pool: &pool, threads: threads, progress: progress, settings: settings)
}

/// Does the same with other sizes.
func readTables(
  _ tables: [TableFiles], pool: inout StringPool, threads: Int, progress: ReadingProgress?,
  settings: ReadSettings
) -> [Table] {
  let reading = TableReading(tables, settings: settings, threads: threads, progress: progress)
  let read = reading.read(pool: &pool)
  letGo(reading, threads: threads)
  return read
}
