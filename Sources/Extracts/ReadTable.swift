public import Values

/// Reads all files of one table, in order.
///
/// Never throws: whatever is wrong with the files stands in the table's `files`, `rejects` and
/// `findings`. A table whose files are missing is the caller's to notice.
public func readTable(
  _ request: ReadingRequest, files: [ExtractFile], pool: inout StringPool,
  progress: ReadingProgress?
) -> Table {
  readTable(request, files: files, pool: &pool, progress: progress, settings: ReadSettings())
}

/// The same, with other sizes.
func readTable(
  _ request: ReadingRequest, files: [ExtractFile], pool: inout StringPool,
  progress: ReadingProgress?, settings: ReadSettings
) -> Table {
  // Moved in and out, so that the pool is never there twice and copied.
  var reader = TableReader(
    request, pool: exchange(&pool, for: StringPool()), settings: settings, progress: progress)
  for file in files { reader.read(file) }
  pool = exchange(&reader.pool, for: StringPool())
  var table = reader.finish()
  table.lookForHarm(in: pool)
  return table
}

private func exchange(_ pool: inout StringPool, for other: StringPool) -> StringPool {
  let old = pool
  pool = other
  return old
}
