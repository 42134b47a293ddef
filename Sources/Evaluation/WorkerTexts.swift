import Values

/// Writes the workers of rows to the end of a buffer.
///
/// A class, because lists ask for the worker of every record.
final class WorkerTexts: Sendable {
  private let owner: OwnerSteps
  private let pool: StringPool

  init(_ owner: OwnerSteps, in pool: StringPool) {
    self.owner = owner
    self.pool = pool
  }

  /// The code for the worker of a row of the owner's table, if it is read from a column.
  ///
  /// −1 where a row has none.
  var code: (@Sendable (Int) -> Int64)? { owner.workerText }

  /// Writes a worker that a code stands for.
  func append(code: Int64, to bytes: inout [UInt8]) {
    if code >= 0 { pool.append(textOfCode: code, to: &bytes) }
  }

  /// Writes the worker of a row of the owner's table; nothing where none is named.
  func append(_ row: RowID, to bytes: inout [UInt8]) {
    if let code {
      append(code: code(Int(row.row)), to: &bytes)
    } else {
      var frame = Frame(row: row)
      bytes.append(contentsOf: owner.worker(&frame).utf8)
    }
  }
}
